package dev.gangway.tomcat;

import dev.gangway.KeySource;
import dev.gangway.KeySourceException;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.BooleanSetting;
import dev.gangway.internal.context.SettingsText;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.tomcat.internal.OpenSslSupport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;

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
    private static final String IMPLEMENTATION = GangwaySslImplementation.class.getName();
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    private SettingsText text = SettingsText.DEFAULT;

    // As text, because Tomcat only logs a warning if an attribute in server.xml cannot be set.
    private String requestAttributes = "false";

    private final ListenerAttributes attributes = new ListenerAttributes();

    private List<Connector> served = List.of();
    private ServedConnectors connectors;
    private TicketService tickets;
    private Engine serving;
    private boolean initialised;
    // Set from initialisation to destruction.
    private Server server;

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
        return Optional.ofNullable(tickets).map(present -> present.ticketKeys(serving.inUse()));
    }

    Optional<TicketKeyManager> ticketKeyManager() {
        return Optional.ofNullable(tickets).map(TicketService::manager);
    }

    Optional<HandshakeRecorder> handshakes() {
        return Optional.ofNullable(tickets).map(TicketService::handshakes);
    }

    Optional<ServedConnectors> connectors() {
        return Optional.ofNullable(connectors);
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (server != null && event.getLifecycle() != server) {
            if (event.getType().equals(Lifecycle.BEFORE_INIT_EVENT)) {
                throw new IllegalStateException(
                        "this GangwayListener already serves another <Server>: create one for each");
            }
            return;
        }
        switch (event.getType()) {
            case Lifecycle.BEFORE_INIT_EVENT -> install(serverOf(event));
            case Lifecycle.AFTER_INIT_EVENT -> afterInit();
            case Lifecycle.BEFORE_START_EVENT -> requireInitialised();
            case Lifecycle.AFTER_START_EVENT -> show(serverOf(event));
            case Lifecycle.PERIODIC_EVENT -> logNotServed();
            case Lifecycle.AFTER_STOP_EVENT -> hide();
            case Lifecycle.AFTER_DESTROY_EVENT -> close();
            default -> {}
        }
    }

    private void afterInit() {
        initialised = true;
        if (getRequestAttributes()) {
            served.stream()
                    .map(Connector::getProtocolHandler)
                    .forEach(handler -> handler.setAdapter(new TicketAttributesAdapter(handler.getAdapter())));
        }
    }

    // If initialisation fails, Tomcat's own start-up code logs that, and starts the connectors anyway.
    private void requireInitialised() {
        if (!initialised) {
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

    private void install(Server server) {
        requireAlone(server);
        attributes.requireKnown();
        BooleanSetting.parse("requestAttributes", requestAttributes);
        Engine chosen = Engine.parse(text.engine());
        if (chosen == Engine.OPENSSL) {
            OpenSslSupport.load();
        }
        // Contexts of OpenSSL have their own engine.
        SettingsText common = chosen == Engine.CONSCRYPT ? text : text.withEngine(SettingsText.DEFAULT.engine());
        try {
            tickets = TicketService.start(common.parse("GangwayListener"));
        } catch (KeySourceException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        try {
            List<Connector> covered =
                    Connectors.of(server).filter(GangwayListener::isCovered).toList();
            if (covered.isEmpty()) {
                throw new IllegalStateException("GangwayListener has no connector to serve: there is none with"
                        + " SSLEnabled=\"true\" and without an sslImplementationName of its own");
            }
            served = covered;
            connectors = new ServedConnectors(server, covered, chosen, tickets);
            covered.forEach(connector -> install(connector, chosen));
            connectors.follow();
            tickets.follow(connectors);
            serving = chosen;
            this.server = server;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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

    private static boolean isCovered(Connector connector) {
        if (!Connectors.speaksTls(connector)) {
            return false;
        }
        Optional<Object> other = Connectors.otherImplementation(connector);
        other.ifPresent(own -> LOG.log(
                Level.INFO,
                "{0} has sslImplementationName=\"{1}\" and is not changed: it does not share tickets",
                connector,
                own));
        return other.isEmpty();
    }

    private void install(Connector connector, Engine chosen) {
        // Otherwise Tomcat logs the connector's fault, and starts without it.
        connector.setThrowOnFailure(true);
        connector.setProperty("sslImplementationName", IMPLEMENTATION);
        // The protocol of tomcat-native accepts the attribute, but never uses the implementation.
        boolean isNative = connector.getProtocolHandlerClassName().endsWith("AprProtocol");
        if (isNative || !IMPLEMENTATION.equals(connector.getProperty("sslImplementationName"))) {
            throw new IllegalStateException(connector + " has protocol " + connector.getProtocolHandlerClassName()
                    + ", whose TLS cannot have shared ticket keys: use protocol=\"HTTP/1.1\" or"
                    + " \"org.apache.coyote.http11.Http11NioProtocol\"");
        }
        TicketHosts.bind(
                connector,
                new TicketHosts.Binding(tickets, chosen, getScope(), getCheckClientCertificates(), connectors));
    }

    private void show(Server server) {
        tickets.show(nameOf(server), serving.inUse());
        connectors.logNotServed();
    }

    private void logNotServed() {
        if (connectors != null) {
            connectors.logNotServed();
        }
    }

    private void hide() {
        if (tickets != null) {
            tickets.hide();
        }
    }

    // The domain of Tomcat's own MBeans is the name of its engine.
    private static String nameOf(Server server) {
        return Stream.of(server.findServices())
                .map(service -> service.getContainer() == null
                        ? service.getName()
                        : service.getContainer().getName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("Tomcat");
    }

    private void close() {
        initialised = false;
        server = null;
        if (connectors != null) {
            connectors.leave();
            TicketHosts.unbind(connectors);
            connectors = null;
        }
        served = List.of();
        if (tickets != null) {
            tickets.close();
            tickets = null;
        }
    }
}
