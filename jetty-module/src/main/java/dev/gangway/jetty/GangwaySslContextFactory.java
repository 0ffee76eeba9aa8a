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
import dev.gangway.internal.selftest.Evidence;
import dev.gangway.internal.selftest.SelfTest;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.selftest.SocketTarget;
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
 * Jetty's server-side TLS configuration, with ticket-only session resumption: use it where an {@link
 * SslContextFactory.Server} stands, set {@link #setKeys keys}, and leave everything else as it is.
 *
 * <p>At start and at every {@link #reload reload} the new context must prove that tickets work across nodes. If it cannot,
 * the server does not start; a reload fails, and the last good context keeps serving.
 */
@ManagedObject("TLS configuration with ticket-only session resumption")
public class GangwaySslContextFactory extends TicketSettingsFactory implements SslHandshakeListener {
    private final ServedConnectors served = new ServedConnectors(this);

    private volatile TicketService tickets;

    /**
     * A factory that is set up as {@code stock} is: certificates, client authentication, protocols, cipher suites and
     * everything else. {@code stock} stays as it is.
     *
     * @param stock not started
     * @throws IllegalStateException if it is of a class of its own, whose behaviour cannot be taken over
     */
    public static GangwaySslContextFactory withSettingsOf(SslContextFactory.Server stock) {
        if (stock.getClass() != SslContextFactory.Server.class) {
            throw new IllegalStateException("'sslContextFactory' is a "
                    + stock.getClass().getName() + ", which Gangway cannot stand in for: derive that class from "
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

    /** State, keys and counts of handshakes, as JMX shows them; empty unless this factory is started. */
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
     * Tells this factory which server it is for. Whenever a connector that uses it opens, it is then tested through its own socket:
     * a client must get a ticket and resume with it, or the connector does not start. The Jetty module {@code gangway} does
     * this. Without it the connectors are tested after the first connection.
     *
     * @throws IllegalStateException if a connector is open already and fails the test
     */
    public void attachTo(org.eclipse.jetty.server.Server server) {
        served.attachTo(server);
    }

    /** Empty until they are open and known. */
    @ManagedAttribute(value = "The connectors that use this configuration, as far as they are known", readonly = true)
    public String[] getServedConnectors() {
        return served.served().stream().map(ServedConnector::name).toArray(String[]::new);
    }

    Evidence test(SocketTarget target, boolean wasReached) {
        TicketService present = tickets;
        return present != null && getSslContext() instanceof TicketOnlySslContext context
                ? SelfTest.run(context.engine(), present.handshakes(), target, wasReached)
                : Evidence.NOT_YET;
    }

    /** Called by Jetty, for which this factory is a part of each connector that uses it. */
    @Override
    public void handshakeSucceeded(Event event) {
        served.onHandshake(event);
    }

    /** The name of a {@link ManagerStatus.State}; {@code STOPPED} while this factory is not started. */
    @ManagedAttribute(value = "How sharing of ticket keys is doing: SHARING if all is well", readonly = true)
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

    @ManagedAttribute(value = "What is wrong with the source of ticket keys; empty if nothing is", readonly = true)
    public String getTicketKeyFault() {
        return status().flatMap(ManagerStatus::fault).orElse("");
    }

    /**
     * One line for each scope and protocol version: how many handshakes resumed, were full, and failed. The MBean of the
     * ticket keys tells more.
     */
    @ManagedAttribute(value = "What became of the handshakes, by scope and protocol version", readonly = true)
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
     * Loads key store and trust store again and makes a new context of them. If that fails for any reason, nothing changes: the
     * settings, the stores and the context are those of before, and the reason is thrown. If it succeeds, the connectors are
     * tested again; one that fails that test is shown by the state.
     *
     * @param change may set this factory to something else, but for what is read at start only
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
                        "keys, engine, ticketLifetime and pollInterval are read at start only, so a"
                                + " reload cannot change " + before + " to " + after + ": stop, set, and start");
            }
        });
        served.testAgain();
    }

    // Scope and checks are read again with each context.
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
