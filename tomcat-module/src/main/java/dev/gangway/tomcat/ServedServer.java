package dev.gangway.tomcat;

import dev.gangway.KeySourceException;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.SettingsText;
import dev.gangway.internal.context.TicketService;
import dev.gangway.tomcat.internal.OpenSslSupport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;

/**
 * The server that a listener serves, from its initialisation to its destruction: its ticket keys, and its connectors
 * that share tickets.
 */
final class ServedServer implements AutoCloseable {
    private static final String IMPLEMENTATION = GangwaySslImplementation.class.getName();
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    private final Server server;
    private final Engine engine;
    private final TicketService tickets;
    private final List<Connector> covered;
    private final ServedConnectors connectors;
    private boolean initialised;

    private ServedServer(Server server, Engine engine, TicketService tickets, List<Connector> covered) {
        this.server = server;
        this.engine = engine;
        this.tickets = tickets;
        this.covered = covered;
        this.connectors = new ServedConnectors(server, covered, engine, tickets);
    }

    /**
     * Reads the first keys, and sets Gangway's TLS implementation on the connectors of {@code server}, which have not
     * been initialised yet.
     *
     * @throws RuntimeException saying why it cannot be served; the keys are then wiped
     */
    static ServedServer begin(Server server, SettingsText text) {
        Engine engine = Engine.parse(text.engine());
        if (engine == Engine.OPENSSL) {
            OpenSslSupport.load();
        }
        // Contexts of OpenSSL have their own engine.
        SettingsText common = engine == Engine.CONSCRYPT ? text : text.withEngine(SettingsText.DEFAULT.engine());
        TicketSettings settings = common.parse("GangwayListener");
        TicketService tickets = start(settings);
        try {
            ServedServer served = new ServedServer(server, engine, tickets, coveredOf(server));
            served.install(settings);
            return served;
        } catch (RuntimeException | Error e) {
            tickets.close();
            throw e;
        }
    }

    private static TicketService start(TicketSettings settings) {
        try {
            return TicketService.start(settings);
        } catch (KeySourceException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static List<Connector> coveredOf(Server server) {
        List<Connector> covered =
                Connectors.of(server).filter(ServedServer::isCovered).toList();
        if (covered.isEmpty()) {
            throw new IllegalStateException("GangwayListener has no connector to serve: there is none with"
                    + " SSLEnabled=\"true\" and without an sslImplementationName of its own");
        }
        return covered;
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

    private void install(TicketSettings settings) {
        TicketHosts.Binding binding = new TicketHosts.Binding(
                tickets, engine, settings.scope(), settings.checkClientCertificates(), connectors);
        try {
            covered.forEach(connector -> install(connector, binding));
            connectors.follow();
            tickets.follow(connectors);
        } catch (RuntimeException | Error e) {
            uninstall();
            throw e;
        }
    }

    private static void install(Connector connector, TicketHosts.Binding binding) {
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
        TicketHosts.bind(connector, binding);
    }

    private void uninstall() {
        connectors.leave();
        TicketHosts.unbind(connectors);
    }

    Server server() {
        return server;
    }

    TicketService tickets() {
        return tickets;
    }

    ServedConnectors connectors() {
        return connectors;
    }

    TicketKeysMXBean ticketKeys() {
        return tickets.ticketKeys(engine.inUse());
    }

    /**
     * Called when Tomcat has initialised the server.
     *
     * @param requestAttributes whether requests have attributes that describe their connection's handshake
     */
    void initialised(boolean requestAttributes) {
        initialised = true;
        if (requestAttributes) {
            covered.stream()
                    .map(Connector::getProtocolHandler)
                    .forEach(handler -> handler.setAdapter(new TicketAttributesAdapter(handler.getAdapter())));
        }
    }

    boolean isInitialised() {
        return initialised;
    }

    /** Registers the keys in JMX, and logs which connectors do not share tickets. */
    void show() {
        tickets.show(nameOf(server), engine.inUse());
        connectors.logNotServed();
    }

    /** Removes the keys from JMX. */
    void hide() {
        tickets.hide();
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

    /** Frees the connectors, and wipes the keys. */
    @Override
    public void close() {
        try {
            uninstall();
        } finally {
            tickets.close();
        }
    }
}
