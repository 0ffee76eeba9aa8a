package dev.gangway.context;

import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.jmx.JmxRegistration;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.Durations;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.FirstLoad;
import dev.gangway.manager.KeyManagerClockwork;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.HandshakeRecorder;
import dev.gangway.source.KeySources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The running whole: an engine and a key manager that keeps itself up to date. A container extension makes one from its
 * settings, asks it for contexts, and closes it when the container stops.
 */
public final class Gangway implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TicketEngine engine;
    private final TicketKeyManager manager;
    private final HandshakeRecorder handshakes;
    private final KeyManagerClockwork clockwork;
    private JmxRegistration registration;

    private Gangway(TicketEngine engine, TicketKeyManager manager, KeyManagerClockwork clockwork) {
        this.engine = engine;
        this.manager = manager;
        this.handshakes = new HandshakeRecorder(manager);
        this.clockwork = clockwork;
    }

    /**
     * Reads the first keys and starts to follow their source.
     *
     * @throws KeyFileException if the source has no usable keys
     * @throws IllegalArgumentException if a setting is not understood, naming it and its value
     */
    public static Gangway start(Settings settings) throws KeyFileException {
        TicketEngine engine = engine(settings.engine());
        TicketPolicy policy = TicketPolicy.ofLifetime(Durations.parse("ticketLifetime", settings.ticketLifetime()))
                .withPollInterval(Durations.parse("pollInterval", settings.pollInterval()));
        TicketKeyManager manager =
                FirstLoad.within(PATIENCE, KeySources.parse(settings.keys(), policy), policy, InstantSource.system());
        return new Gangway(engine, manager, KeyManagerClockwork.start(manager));
    }

    /**
     * The protocols and cipher suites an engine has, for a container that must choose among them before it has a context.
     *
     * @throws IllegalArgumentException if there is no such engine, or it cannot be used here
     */
    public static SSLParameters supportedBy(String engineName) {
        try {
            SSLContext context = engine(engineName).newContext("TLS");
            context.init(null, null, null);
            return context.getSupportedSSLParameters();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("engine '" + engineName + "' cannot be used: " + e.getMessage(), e);
        }
    }

    /** @see TicketOnlySslContext#create */
    public TicketOnlySslContext newContext(Connector connector, String protocol) throws NoSuchAlgorithmException {
        return TicketOnlySslContext.create(engine, handshakes, connector, protocol);
    }

    /** As {@link #newContext(Connector, String)}, of an engine that the container brings along. */
    public TicketOnlySslContext newContext(TicketEngine containersEngine, Connector connector, String protocol)
            throws NoSuchAlgorithmException {
        return TicketOnlySslContext.create(containersEngine, handshakes, connector, protocol);
    }

    public TicketKeyManager manager() {
        return manager;
    }

    /** What became of the handshakes of this server. */
    public HandshakeRecorder handshakes() {
        return handshakes;
    }

    /**
     * Shows the keys in JMX until {@link #hide} or {@link #close}. Never throws: a server that cannot be watched can serve
     * all the same, and the log says so.
     *
     * @param name what tells the server from others in this JVM
     * @param engineName the TLS implementation, as it is shown
     * @see dev.gangway.jmx.TicketKeysMXBean
     */
    public void show(String name, String engineName) {
        show(name, engineName, List::of);
    }

    /**
     * As {@link #show(String, String)}, of a container that tells which connectors it is about.
     *
     * @param serves the connectors, whenever somebody asks
     */
    public synchronized void show(String name, String engineName, Supplier<List<String>> serves) {
        hide();
        try {
            registration = JmxRegistration.of(handshakes, name, engineName, serves);
        } catch (LinkageError e) {
            // A Java runtime made without the module java.management.
            LOG.log(Level.WARNING, "JMX does not show the ticket keys of {0}: {1}", name, e);
        }
    }

    /** Takes the keys out of JMX, if they are there. */
    public synchronized void hide() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    /** Stops following the source, takes the keys out of every engine and wipes them. */
    @Override
    public void close() {
        hide();
        clockwork.close();
        manager.close();
    }

    private static TicketEngine engine(String name) {
        return switch (name) {
            case "jdk" -> new JdkTicketEngine();
            case "conscrypt" -> ConscryptTicketEngine.create();
            default ->
                throw new IllegalArgumentException("engine '" + name + "' is unknown; there are: jdk, conscrypt");
        };
    }

    /**
     * What an operator sets, as text, because it comes from XML or a properties file.
     *
     * @param keys where keys come from, see {@link KeySources}
     * @param engine the TLS implementation: {@code jdk} or {@code conscrypt}
     * @param ticketLifetime how long a ticket may be used, such as {@code 6h}
     * @param pollInterval how often the source is asked for other keys, such as {@code 10s}
     */
    public record Settings(String keys, String engine, String ticketLifetime, String pollInterval) {
        /** Everything but the keys as it is by default. */
        public static final Settings DEFAULT = new Settings("random:", "jdk", "6h", "10s");

        public Settings {
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(engine, "engine");
            Objects.requireNonNull(ticketLifetime, "ticketLifetime");
            Objects.requireNonNull(pollInterval, "pollInterval");
        }
    }
}
