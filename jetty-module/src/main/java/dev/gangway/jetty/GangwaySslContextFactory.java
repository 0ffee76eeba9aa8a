package dev.gangway.jetty;

import dev.gangway.context.Connector;
import dev.gangway.context.Gangway;
import dev.gangway.context.Switch;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.manager.ManagerStatus;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.HandshakeCounts;
import dev.gangway.outcome.HandshakeRecorder;
import dev.gangway.selftest.Evidence;
import dev.gangway.selftest.SelfTest;
import dev.gangway.selftest.ServedConnector;
import dev.gangway.selftest.SocketTarget;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
public class GangwaySslContextFactory extends RevertibleSslContextFactory implements SslHandshakeListener {
    private final ServedConnectors served = new ServedConnectors(this);

    private String keys;
    private String engine = Gangway.Settings.DEFAULT.engine();
    private String ticketLifetime = Gangway.Settings.DEFAULT.ticketLifetime();
    private String pollInterval = Gangway.Settings.DEFAULT.pollInterval();
    private String scope = "";
    private boolean checkClientCertificates = true;
    private String leaveAlone = "";

    private volatile Gangway gangway;

    /**
     * Where ticket keys come from: {@code file:/path/to/keys}, or {@code random:} for a single node. Required.
     *
     * @see dev.gangway.source.KeySources
     */
    public void setKeys(String keys) {
        this.keys = keys;
    }

    @ManagedAttribute(value = "Where ticket keys come from", readonly = true)
    public String getKeys() {
        return keys;
    }

    /** The TLS implementation: {@code jdk} (the default) or {@code conscrypt}. */
    public void setEngine(String engine) {
        this.engine = engine;
    }

    @ManagedAttribute(value = "The TLS implementation", readonly = true)
    public String getEngine() {
        return engine;
    }

    /** How long a ticket may be used, such as {@code 6h} (the default); at most {@code 7d}. */
    public void setTicketLifetime(String ticketLifetime) {
        this.ticketLifetime = ticketLifetime;
    }

    @ManagedAttribute(value = "How long a ticket may be used", readonly = true)
    public String getTicketLifetime() {
        return ticketLifetime;
    }

    /** How often the key source is asked for other keys, such as {@code 10s} (the default). */
    public void setPollInterval(String pollInterval) {
        this.pollInterval = pollInterval;
    }

    @ManagedAttribute(value = "How often the source of ticket keys is read", readonly = true)
    public String getPollInterval() {
        return pollInterval;
    }

    /** A name for the trust domain, if tickets of this connector must not open on others with the same keys. */
    public void setScope(String scope) {
        this.scope = scope;
    }

    @ManagedAttribute(value = "Name of the trust domain", readonly = true)
    public String getScope() {
        return scope;
    }

    /**
     * Whether the certificates of a client that resumes are checked again by this factory's trust managers; on by default.
     * Switched off, a client whose certificate has been revoked, or whose authority is no longer trusted, resumes until the
     * ticket lifetime since its full handshake is over.
     */
    public void setCheckClientCertificates(boolean checkClientCertificates) {
        this.checkClientCertificates = checkClientCertificates;
    }

    /**
     * The same as text, for {@code jetty.xml}.
     *
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public void setCheckClientCertificates(String checkClientCertificates) {
        setCheckClientCertificates(Switch.parse("checkClientCertificates", checkClientCertificates));
    }

    @ManagedAttribute(value = "Whether client certificates are checked again on resumption", readonly = true)
    public boolean isCheckClientCertificates() {
        return checkClientCertificates;
    }

    /** The key manager, while this factory is started. */
    public Optional<TicketKeyManager> ticketKeyManager() {
        return Optional.ofNullable(gangway).map(Gangway::manager);
    }

    /** What became of the handshakes, while this factory is started. */
    public Optional<HandshakeRecorder> handshakes() {
        return Optional.ofNullable(gangway).map(Gangway::handshakes);
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
        Gangway present = gangway;
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
        SettingsCheck.require(this);
        gangway = Gangway.start(settings());
        gangway.follow(served);
        served.begin(gangway.manager().policy().pollInterval());
        try {
            super.doStart();
            gangway.show("Jetty", engine);
        } catch (Throwable e) {
            closeGangway();
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            closeGangway();
        }
    }

    @Override
    TicketOnlySslContext newContext(Consumer<SSLEngine> engineSetup) throws NoSuchAlgorithmException {
        Connector connector = new Connector(scope, clientAuth(), engineSetup)
                .trusting(TrustSettings.of(this))
                .checkingResumptions(checkClientCertificates);
        return gangway.newContext(connector, getProtocol());
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
            Gangway.Settings before = settings();
            change.accept(factory);
            SettingsCheck.require(this);
            if (!settings().equals(before)) {
                throw new IllegalStateException(
                        "keys, engine, ticketLifetime and pollInterval are read at start only, so a"
                                + " reload cannot change " + before + " to " + settings() + ": stop, set, and start");
            }
        });
        served.testAgain();
    }

    private Gangway.Settings settings() {
        return new Gangway.Settings(keys, engine, ticketLifetime, pollInterval);
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

    private void closeGangway() {
        served.end();
        if (gangway != null) {
            gangway.close();
            gangway = null;
        }
    }
}
