package dev.gangway.jetty;

import dev.gangway.ClientAuth;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.SelfTest;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.selftest.SocketTarget;
import dev.gangway.internal.selftest.TestResult;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's server-side TLS configuration, with ticket-only session resumption. Use it in place of an {@link
 * SslContextFactory.Server} and set {@link #setKeys keys}; all other settings stay as they are.
 *
 * <p>At start and at every {@link #reload reload} the new context must pass a self-test that shows that tickets work
 * across nodes. If it fails, the server does not start; a reload fails, and the last good context stays in use.
 */
@ManagedObject("TLS configuration with ticket-only session resumption")
public class GangwaySslContextFactory extends TicketSettingsFactory implements SslHandshakeListener {
    private final ServedConnectors served = new ServedConnectors(this);

    private volatile TicketService tickets;

    /**
     * Creates a factory with all settings of {@code stock}: certificates, client authentication, protocols, cipher
     * suites and everything else. {@code stock} is not changed.
     *
     * @param stock a factory that is not started
     * @throws IllegalStateException if its class is a subclass, whose behaviour cannot be taken over, or if it is
     *     started
     */
    public static GangwaySslContextFactory withSettingsOf(SslContextFactory.Server stock) {
        if (stock.getClass() != SslContextFactory.Server.class) {
            throw new IllegalStateException("'sslContextFactory' is a "
                    + stock.getClass().getName() + ", whose behaviour Gangway cannot take over: derive that class from "
                    + GangwaySslContextFactory.class.getName());
        }
        if (!stock.isStopped()) {
            throw new IllegalStateException("'sslContextFactory' is " + stock.getState()
                    + ": its settings can be taken over only before it is started");
        }
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        FactorySettings.of(stock).giveTo(factory);
        return factory;
    }

    /** The state, keys and handshake counts, as JMX shows them; empty unless this factory is started. */
    public Optional<TicketKeysMXBean> ticketKeys() {
        return Optional.ofNullable(tickets).map(present -> present.ticketKeys(getEngine()));
    }

    Optional<TicketKeyManager> ticketKeyManager() {
        return Optional.ofNullable(tickets).map(TicketService::manager);
    }

    Optional<HandshakeRecorder> handshakes() {
        return Optional.ofNullable(tickets).map(TicketService::handshakes);
    }

    /**
     * Sets the server of this factory. Each connector that uses this factory is then tested through its own socket
     * whenever it opens: a client must get a ticket and resume with it, or the connector does not start. The Jetty
     * module {@code gangway} calls this method. Otherwise the connectors are tested after the first connection.
     *
     * @throws IllegalStateException if a connector is already open and fails the test
     */
    public void attachTo(org.eclipse.jetty.server.Server server) {
        served.attachTo(server);
    }

    /** Empty until connectors are open and known. */
    @ManagedAttribute(value = "The connectors that use this factory", readonly = true)
    public String[] getServedConnectors() {
        return served.served().stream().map(ServedConnector::name).toArray(String[]::new);
    }

    TestResult test(SocketTarget target, boolean wasReached) {
        TicketService present = tickets;
        return present != null && getSslContext() instanceof TicketOnlySslContext context
                ? SelfTest.run(context.engine(), present.handshakes(), target, wasReached)
                : TestResult.NOT_YET;
    }

    /** Called by Jetty, because this factory is a bean of each connector that uses it. */
    @Override
    public void handshakeSucceeded(Event event) {
        served.onHandshake(event);
    }

    /** The name of a {@link ManagerStatus.State}; {@code STOPPED} while this factory is not started. */
    @ManagedAttribute(value = "The state of ticket key sharing: SHARING if there is no fault", readonly = true)
    public String getTicketKeyState() {
        return status().map(status -> status.state().name()).orElse("STOPPED");
    }

    /** One line for each key that opens tickets, the active one first: its name and its role. */
    @ManagedAttribute(value = "Names and roles of the ticket keys, the active one first", readonly = true)
    public String[] getTicketKeyRing() {
        return status().map(GangwaySslContextFactory::ringOf).orElseGet(() -> new String[0]);
    }

    /** Empty while this factory is not started. */
    @ManagedAttribute(value = "Equal on all nodes that hold the same ticket keys in the same roles", readonly = true)
    public String getTicketKeyDigest() {
        return status().map(ManagerStatus::ringDigest).orElse("");
    }

    @ManagedAttribute(value = "Why the state is not SHARING; empty if it is", readonly = true)
    public String getTicketKeyFault() {
        return status().flatMap(ManagerStatus::fault).orElse("");
    }

    /**
     * One line for each scope and protocol version, with the number of resumed, full and failed handshakes. The MBean
     * of the ticket keys has more detail.
     */
    @ManagedAttribute(
            value = "Handshakes since the server started, by outcome, scope and protocol version",
            readonly = true)
    public String[] getTicketHandshakes() {
        return handshakes().map(HandshakeRecorder::counts).orElse(List.of()).stream()
                .map(HandshakeCounts::toString)
                .toArray(String[]::new);
    }

    @Override
    public String dumpSelf() {
        return super.dumpSelf() + " ticket keys " + getTicketKeyState() + " " + Arrays.toString(getTicketKeyRing())
                + " digest " + getTicketKeyDigest() + " handshakes " + Arrays.toString(getTicketHandshakes());
    }

    private Optional<ManagerStatus> status() {
        return ticketKeyManager().map(TicketKeyManager::status);
    }

    private static String[] ringOf(ManagerStatus status) {
        return status.keys().stream().map(key -> key.name() + " " + key.role()).toArray(String[]::new);
    }

    @Override
    protected void doStart() throws Exception {
        TicketSettings settings = settings();
        FactoryCheck.require(this, settings);
        tickets = TicketService.start(settings);
        tickets.follow(served);
        served.begin(settings.pollInterval());
        try {
            super.doStart();
            tickets.show("Jetty", settings.engine());
        } catch (Throwable e) {
            closeTickets();
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            closeTickets();
        }
    }

    @Override
    TicketOnlySslContext newContext(Consumer<SSLEngine> engineSetup) throws NoSuchAlgorithmException {
        Connector connector = new Connector(getScope(), clientAuth(), engineSetup)
                .trusting(TrustSettings.of(this))
                .checkingResumptions(isCheckClientCertificates());
        return tickets.newContext(connector, getProtocol());
    }

    /**
     * Loads the key store and the trust store again and makes a new context of them. If that fails for any reason, the
     * settings, the stores and the context stay unchanged, and the exception is thrown. If it succeeds, the connectors
     * are tested again, and the state reports those that fail.
     *
     * @param change may change settings of this factory, except those that are read at start only
     */
    @Override
    public void reload(Consumer<SslContextFactory> change) throws Exception {
        super.reload(factory -> {
            TicketSettings before = settings();
            change.accept(factory);
            TicketSettings after = settings();
            FactoryCheck.require(this, after);
            if (!startSettings(after).equals(startSettings(before))) {
                throw new IllegalStateException(
                        "keys, engine, ticketLifetime and pollInterval are read at start only: a"
                                + " reload cannot change " + before + " to " + after
                                + "; stop the factory, change them, and start it");
            }
        });
        served.testAgain();
    }

    // Scope and checkClientCertificates are read again for each context.
    private static TicketSettings startSettings(TicketSettings settings) {
        return settings.withScope("").withCheckClientCertificates(true);
    }

    @Override
    protected X509ExtendedKeyManager newSniX509ExtendedKeyManager(X509ExtendedKeyManager keyManager) {
        return new TicketFriendlySniKeyManager(keyManager, this);
    }

    private ClientAuth clientAuth() {
        if (getNeedClientAuth()) {
            return ClientAuth.REQUIRED;
        }
        return getWantClientAuth() ? ClientAuth.OPTIONAL : ClientAuth.NONE;
    }

    private void closeTickets() {
        served.end();
        if (tickets != null) {
            tickets.close();
            tickets = null;
        }
    }
}
