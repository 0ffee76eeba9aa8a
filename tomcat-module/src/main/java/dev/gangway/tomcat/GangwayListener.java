package dev.gangway.tomcat;

import dev.gangway.KeySource;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.BooleanSetting;
import dev.gangway.internal.context.SettingsText;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Server;

/**
 * Switches the TLS connectors of a Tomcat to ticket-only session resumption. Connectors with their own {@code
 * sslImplementationName} are not changed. One line in {@code server.xml}, directly inside {@code <Server>}:
 *
 * <pre>{@code <Listener className="dev.gangway.tomcat.GangwayListener" keys="file:/etc/gangway/keys"/>}</pre>
 *
 * <p>or, embedded, before the server is started:
 *
 * <pre>{@code tomcat.getServer().addLifecycleListener(listener);}</pre>
 */
public final class GangwayListener implements LifecycleListener {
    private SettingsText text = SettingsText.DEFAULT;

    // As text, because Tomcat only logs a warning if an attribute in server.xml cannot be set.
    private String requestAttributes = "false";

    private final ListenerAttributes attributes = new ListenerAttributes();

    // From initialisation to destruction.
    private volatile Optional<ServedServer> served = Optional.empty();

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

    /**
     * The TLS implementation: {@code jdk} (the default), {@code conscrypt}, {@code openssl}, or {@code auto}: {@code
     * openssl} if Tomcat uses that by default, otherwise {@code jdk}.
     */
    public void setEngine(String engine) {
        text = text.withEngine(engine);
    }

    public String getEngine() {
        return text.engine();
    }

    /** How long a ticket may be used, such as {@code 6h} (the default); at most {@code 7d}. */
    public void setTicketLifetime(String ticketLifetime) {
        text = text.withTicketLifetime(ticketLifetime);
    }

    public String getTicketLifetime() {
        return text.ticketLifetime();
    }

    /** How often the key source is read, such as {@code 10s} (the default). */
    public void setPollInterval(String pollInterval) {
        text = text.withPollInterval(pollInterval);
    }

    public String getPollInterval() {
        return text.pollInterval();
    }

    /** A name for the trust domain, if other servers with the same keys must not open tickets of this one. */
    public void setScope(String scope) {
        text = text.withScope(scope);
    }

    public String getScope() {
        return text.scope();
    }

    /**
     * Whether requests have attributes that describe their connection's handshake; off by default, because Tomcat then
     * computes all of its own TLS attributes for each request.
     *
     * @see dev.gangway.TicketAttributes
     */
    public void setRequestAttributes(boolean requestAttributes) {
        this.requestAttributes = String.valueOf(requestAttributes);
    }

    /**
     * As {@link #setRequestAttributes(boolean)}, for {@code server.xml}. The server does not start with a value other
     * than {@code true} or {@code false}.
     */
    public void setRequestAttributes(String requestAttributes) {
        this.requestAttributes = requestAttributes;
    }

    public boolean getRequestAttributes() {
        return BooleanSetting.parse("requestAttributes", requestAttributes);
    }

    /**
     * Whether the client certificates in a ticket are checked again before a session is resumed, as in a full
     * handshake; on by default, and without effect on hosts that ask for none.
     *
     * <p><strong>Without this check a client whose certificate is revoked, or no longer trusted, can resume until its
     * session expires</strong>: for up to {@link #setTicketLifetime ticketLifetime} after its full handshake, but not
     * after a certificate itself has expired. Switch it off only if a trust manager takes too long, and use a short
     * lifetime.
     */
    public void setCheckClientCertificates(boolean checkClientCertificates) {
        text = text.withCheckClientCertificates(String.valueOf(checkClientCertificates));
    }

    /**
     * As {@link #setCheckClientCertificates(boolean)}, for {@code server.xml}. The server does not start with a value
     * other than {@code true} or {@code false}.
     */
    public void setCheckClientCertificates(String checkClientCertificates) {
        text = text.withCheckClientCertificates(checkClientCertificates);
    }

    public boolean getCheckClientCertificates() {
        return BooleanSetting.parse("checkClientCertificates", text.checkClientCertificates());
    }

    /**
     * Called by Tomcat for an unknown attribute in {@code server.xml}. The server then does not start.
     *
     * @return whether Tomcat should not log a warning
     */
    public boolean setProperty(String name, String value) {
        return attributes.offer(name, value);
    }

    /** The state, keys and handshake counts, as JMX shows them; empty unless the server is initialised. */
    public Optional<TicketKeysMXBean> ticketKeys() {
        return served.map(ServedServer::ticketKeys);
    }

    Optional<TicketKeyManager> ticketKeyManager() {
        return served.map(server -> server.tickets().manager());
    }

    Optional<HandshakeRecorder> handshakes() {
        return served.map(server -> server.tickets().handshakes());
    }

    Optional<ServedConnectors> connectors() {
        return served.map(ServedServer::connectors);
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (served.filter(other -> other.server() != event.getLifecycle()).isPresent()) {
            if (event.getType().equals(Lifecycle.BEFORE_INIT_EVENT)) {
                throw new IllegalStateException(
                        "this GangwayListener already serves another <Server>: create one for each");
            }
            return;
        }
        switch (event.getType()) {
            case Lifecycle.BEFORE_INIT_EVENT -> begin(serverOf(event));
            case Lifecycle.AFTER_INIT_EVENT -> served.ifPresent(server -> server.initialised(getRequestAttributes()));
            case Lifecycle.BEFORE_START_EVENT -> requireInitialised();
            case Lifecycle.AFTER_START_EVENT -> served.ifPresent(ServedServer::show);
            case Lifecycle.PERIODIC_EVENT -> connectors().ifPresent(ServedConnectors::logNotServed);
            case Lifecycle.AFTER_STOP_EVENT -> served.ifPresent(ServedServer::hide);
            case Lifecycle.AFTER_DESTROY_EVENT -> end();
            default -> {}
        }
    }

    // If initialisation fails, Tomcat's own start-up code logs that, and starts the connectors anyway.
    private void requireInitialised() {
        if (served.filter(ServedServer::isInitialised).isEmpty()) {
            throw new IllegalStateException("the server was not initialised with GangwayListener in place, and is not"
                    + " started: see the first error above, or add the listener before init");
        }
    }

    private static Server serverOf(LifecycleEvent event) {
        if (event.getLifecycle() instanceof Server server) {
            return server;
        }
        throw new IllegalStateException("GangwayListener must be directly inside <Server>, not inside "
                + event.getLifecycle().getClass().getSimpleName());
    }

    private void begin(Server server) {
        requireAlone(server);
        attributes.requireKnown();
        BooleanSetting.parse("requestAttributes", requestAttributes);
        served = Optional.of(ServedServer.begin(server, text));
    }

    // The later listener would replace the earlier one on its connectors, and the earlier one would still report no
    // fault.
    private static void requireAlone(Server server) {
        long count = Stream.of(server.findLifecycleListeners())
                .filter(GangwayListener.class::isInstance)
                .count();
        if (count > 1) {
            throw new IllegalStateException(
                    "there are " + count + " GangwayListeners in one <Server>, which would serve the same connectors:"
                            + " keep one of them and remove the others");
        }
    }

    private void end() {
        Optional<ServedServer> ended = served;
        served = Optional.empty();
        ended.ifPresent(ServedServer::close);
    }
}
