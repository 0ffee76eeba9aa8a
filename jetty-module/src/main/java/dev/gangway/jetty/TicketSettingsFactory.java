package dev.gangway.jetty;

import dev.gangway.KeySource;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.BooleanSetting;
import dev.gangway.internal.context.SettingsText;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.util.annotation.ManagedAttribute;

/** The settings that a {@link GangwaySslContextFactory} has in addition to Jetty's own factory. */
abstract class TicketSettingsFactory extends RevertibleSslContextFactory {
    private SettingsText text = SettingsText.DEFAULT;
    private String leaveAlone = "";

    /** Applies all values of {@code settings}. */
    public void configure(TicketSettings settings) {
        text = SettingsText.of(settings);
    }

    /**
     * The source of the ticket keys: {@code file:/path/to/keys}, or {@code random:} for a single node. Required.
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

    /** Null unless the application has set its own source. */
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

    /**
     * How long a session may be resumed after its full handshake, such as {@code 6h} (the default); at most {@code 7d}.
     */
    public void setTicketLifetime(String ticketLifetime) {
        text = text.withTicketLifetime(ticketLifetime);
    }

    @ManagedAttribute(value = "How long a session may be resumed after its full handshake", readonly = true)
    public String getTicketLifetime() {
        return text.ticketLifetime();
    }

    /** How often the key source is read, such as {@code 10s} (the default). */
    public void setPollInterval(String pollInterval) {
        text = text.withPollInterval(pollInterval);
    }

    @ManagedAttribute(value = "How often the source of ticket keys is read", readonly = true)
    public String getPollInterval() {
        return text.pollInterval();
    }

    /** A name for the trust domain, if other connectors with the same keys must not open tickets of this one. */
    public void setScope(String scope) {
        text = text.withScope(scope);
    }

    @ManagedAttribute(value = "Name of the trust domain", readonly = true)
    public String getScope() {
        return text.scope();
    }

    /**
     * Whether this factory's trust managers check the certificates of a client again when it resumes; on by default. If
     * off, a client whose certificate has been revoked, or whose certificate authority is no longer trusted, can resume
     * until the ticket lifetime since its full handshake is over.
     */
    public void setCheckClientCertificates(boolean checkClientCertificates) {
        text = text.withCheckClientCertificates(String.valueOf(checkClientCertificates));
    }

    /**
     * As {@link #setCheckClientCertificates(boolean)}, for {@code jetty.xml}.
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
     * Names of connectors, separated by commas, that intentionally use TLS without Gangway. Any other such connector of
     * the same server keeps the state from being {@code SHARING}. Instead of a name it can be the first protocol of a
     * connector's connections, such as {@code h3}.
     */
    public void setLeaveAlone(String connectors) {
        this.leaveAlone = connectors;
    }

    @ManagedAttribute(value = "Connectors that intentionally use TLS without Gangway", readonly = true)
    public String getLeaveAlone() {
        return leaveAlone;
    }

    List<String> leftAlone() {
        return Stream.of(leaveAlone.split(",")).map(String::strip).toList();
    }

    /** The parsed settings; see {@link SettingsText#parse}. */
    TicketSettings settings() {
        return text.parse(getClass().getSimpleName());
    }
}
