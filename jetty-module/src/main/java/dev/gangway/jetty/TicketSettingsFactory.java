package dev.gangway.jetty;

import dev.gangway.KeySource;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.BooleanSetting;
import dev.gangway.internal.context.SettingsText;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.util.annotation.ManagedAttribute;

/** What a {@link GangwaySslContextFactory} is set to, beside what Jetty's own factory is set to. */
abstract class TicketSettingsFactory extends RevertibleSslContextFactory {
    private SettingsText text = SettingsText.DEFAULT;
    private String leaveAlone = "";

    /** Sets everything that {@code settings} holds, instead of one by one. */
    public void configure(TicketSettings settings) {
        text = SettingsText.of(settings);
    }

    /**
     * Where ticket keys come from: {@code file:/path/to/keys}, or {@code random:} for a single node. Required.
     *
     * @see #setKeySource
     */
    public void setKeys(String keys) {
        text = text.withKeys(keys);
    }

    @ManagedAttribute(value = "Where ticket keys come from", readonly = true)
    public String getKeys() {
        return text.keys();
    }

    /** The application's own source of ticket keys, instead of {@link #setKeys keys}. */
    public void setKeySource(KeySource keySource) {
        text = text.withKeySource(keySource);
    }

    /** Null unless the application has its own source. */
    public KeySource getKeySource() {
        return text.keySource();
    }

    /** The TLS implementation: {@code jdk} (the default) or {@code conscrypt}. */
    public void setEngine(String engine) {
        text = text.withEngine(engine);
    }

    @ManagedAttribute(value = "The TLS implementation", readonly = true)
    public String getEngine() {
        return text.engine();
    }

    /** How long a ticket may be used, such as {@code 6h} (the default); at most {@code 7d}. */
    public void setTicketLifetime(String ticketLifetime) {
        text = text.withTicketLifetime(ticketLifetime);
    }

    @ManagedAttribute(value = "How long a ticket may be used", readonly = true)
    public String getTicketLifetime() {
        return text.ticketLifetime();
    }

    /** How often the key source is asked for other keys, such as {@code 10s} (the default). */
    public void setPollInterval(String pollInterval) {
        text = text.withPollInterval(pollInterval);
    }

    @ManagedAttribute(value = "How often the source of ticket keys is read", readonly = true)
    public String getPollInterval() {
        return text.pollInterval();
    }

    /** A name for the trust domain, if tickets of this connector must not open on others with the same keys. */
    public void setScope(String scope) {
        text = text.withScope(scope);
    }

    @ManagedAttribute(value = "Name of the trust domain", readonly = true)
    public String getScope() {
        return text.scope();
    }

    /**
     * Whether the certificates of a client that resumes are checked again by this factory's trust managers; on by default.
     * Switched off, a client whose certificate has been revoked, or whose authority is no longer trusted, resumes until the
     * ticket lifetime since its full handshake is over.
     */
    public void setCheckClientCertificates(boolean checkClientCertificates) {
        text = text.withCheckClientCertificates(String.valueOf(checkClientCertificates));
    }

    /**
     * The same as text, for {@code jetty.xml}.
     *
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public void setCheckClientCertificates(String checkClientCertificates) {
        setCheckClientCertificates(BooleanSetting.parse("checkClientCertificates", checkClientCertificates));
    }

    @ManagedAttribute(value = "Whether client certificates are checked again on resumption", readonly = true)
    public boolean isCheckClientCertificates() {
        return BooleanSetting.parse("checkClientCertificates", text.checkClientCertificates());
    }

    /**
     * Names of connectors, separated by commas, that use TLS without Gangway on purpose. Any other one of the same server keeps
     * the state from being {@code SHARING}. Instead of a name it may be what a connector's connections begin with, such as
     * {@code h3}.
     */
    public void setLeaveAlone(String connectors) {
        this.leaveAlone = connectors;
    }

    @ManagedAttribute(value = "Connectors that use TLS without Gangway on purpose", readonly = true)
    public String getLeaveAlone() {
        return leaveAlone;
    }

    List<String> leftAlone() {
        return Stream.of(leaveAlone.split(",")).map(String::strip).toList();
    }

    /** What it is set to, in its own types; see {@link SettingsText#parse}. */
    TicketSettings settings() {
        return text.parse(getClass().getSimpleName());
    }
}
