package dev.gangway.context;

import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.jmx.JmxRegistration;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.Durations;
import dev.gangway.keys.KeyLimits;
import dev.gangway.keys.NearestName;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.FirstLoad;
import dev.gangway.manager.KeyManagerClockwork;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.HandshakeRecorder;
import dev.gangway.selftest.ConnectorView;
import dev.gangway.selftest.ServingState;
import dev.gangway.source.KeySources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The running whole: an engine and a key manager that keeps itself up to date. A container extension makes one from its
 * settings, asks it for contexts, and closes it when the container stops.
 */
public final class Gangway implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ENGINES = List.of("jdk", "conscrypt");

    private final TicketEngine engine;
    private final TicketKeyManager manager;
    private final HandshakeRecorder handshakes;
    private final KeyManagerClockwork clockwork;
    private volatile ConnectorView connectors = ConnectorView.UNKNOWN;
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
        settings.requireValid();
        TicketEngine engine = engine(settings.engine());
        TicketPolicy policy = settings.policy();
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
     * Takes the connectors that {@code view} shows into account from now on: in the state of the keys, and in JMX.
     */
    public void follow(ConnectorView view) {
        connectors = view;
        manager.servedAs(contexts -> ServingState.of(view, contexts));
    }

    /**
     * Shows the keys in JMX until {@link #hide} or {@link #close}. Never throws: a server that cannot be watched can serve
     * all the same, and the log says so.
     *
     * @param name what tells the server from others in this JVM
     * @param engineName the TLS implementation, as it is shown
     * @see dev.gangway.jmx.TicketKeysMXBean
     */
    public synchronized void show(String name, String engineName) {
        hide();
        try {
            registration = JmxRegistration.of(handshakes, name, engineName, connectors);
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
            default -> throw new IllegalArgumentException(unknownEngine(name, ENGINES));
        };
    }

    /**
     * What to say of an engine that does not exist.
     *
     * @param engines those there are
     */
    public static String unknownEngine(String name, List<String> engines) {
        return "engine '" + name + "' is unknown; there are: " + String.join(", ", engines)
                + NearestName.hint(String.valueOf(name), engines);
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

        /**
         * Looks at every value, and at nothing else: no file is read.
         *
         * @throws IllegalArgumentException naming the first that is not understood, its value, and what is meant perhaps
         */
        public void requireValid() {
            if (keys == null) {
                throw new IllegalArgumentException("keys is null; give the key source, such as file:/etc/gangway/keys");
            }
            if (engine == null || !ENGINES.contains(engine)) {
                throw new IllegalArgumentException(unknownEngine(engine, ENGINES));
            }
            TicketPolicy policy = policy();
            KeyLimits.requireKeptBy(policy);
            KeySources.parse(keys, policy);
        }

        private TicketPolicy policy() {
            return TicketPolicy.ofLifetime(Durations.parse("ticketLifetime", ticketLifetime))
                    .withPollInterval(Durations.parse("pollInterval", pollInterval));
        }
    }
}
