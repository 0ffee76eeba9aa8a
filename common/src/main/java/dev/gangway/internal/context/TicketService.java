package dev.gangway.internal.context;

import dev.gangway.KeySourceException;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.jmx.JmxRegistration;
import dev.gangway.internal.jmx.TicketKeysView;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.FirstLoad;
import dev.gangway.internal.manager.KeyUpdater;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.ServingState;
import dev.gangway.internal.source.ApplicationKeySource;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.source.KeysetSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * An engine, and a key manager that is kept up to date. A container extension creates one from its settings, gets its
 * contexts from it, and closes it when the container stops.
 */
public final class TicketService implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final Duration FIRST_LOAD_TIMEOUT = Duration.ofSeconds(30);

    private final TicketEngine engine;
    private final TicketKeyManager manager;
    private final HandshakeRecorder handshakes;
    private final KeyUpdater updater;
    private volatile ConnectorView connectors = ConnectorView.UNKNOWN;
    private JmxRegistration registration;

    private TicketService(TicketEngine engine, TicketKeyManager manager, KeyUpdater updater) {
        this.engine = engine;
        this.manager = manager;
        this.handshakes = new HandshakeRecorder(manager);
        this.updater = updater;
    }

    /**
     * Reads the first keys and starts to follow their source.
     *
     * @throws KeySourceException if the source has no usable keys
     * @throws IllegalArgumentException if a setting is not understood, naming it and its value
     */
    public static TicketService start(TicketSettings settings) throws KeySourceException {
        SettingsCheck.require(settings);
        TicketEngine engine = Engines.named(settings.engine());
        TicketPolicy policy = SettingsCheck.policy(settings);
        TicketKeyManager manager =
                FirstLoad.openWithin(FIRST_LOAD_TIMEOUT, source(settings, policy), policy, InstantSource.system());
        return new TicketService(engine, manager, KeyUpdater.start(manager));
    }

    private static KeysetSource source(TicketSettings settings, TicketPolicy policy) {
        return settings.keySource()
                .<KeysetSource>map(ApplicationKeySource::of)
                .orElseGet(() -> KeysSetting.parse(settings.keys(), policy));
    }

    /** @see TicketOnlySslContext#create */
    public TicketOnlySslContext newContext(Connector connector, String protocol) throws NoSuchAlgorithmException {
        return TicketOnlySslContext.create(engine, handshakes, connector, protocol);
    }

    /** As {@link #newContext(Connector, String)}, for an engine that the container supplies. */
    public TicketOnlySslContext newContext(TicketEngine containersEngine, Connector connector, String protocol)
            throws NoSuchAlgorithmException {
        return TicketOnlySslContext.create(containersEngine, handshakes, connector, protocol);
    }

    public TicketKeyManager manager() {
        return manager;
    }

    /** The handshake counts of this server. */
    public HandshakeRecorder handshakes() {
        return handshakes;
    }

    /** Includes the connectors of {@code view} in the state and in JMX from now on. */
    public void follow(ConnectorView view) {
        connectors = view;
        manager.reportServing(contexts -> ServingState.of(view, contexts));
    }

    /**
     * The data that JMX shows for this server.
     *
     * @param engineName the TLS implementation, as JMX shows it
     */
    public TicketKeysMXBean ticketKeys(String engineName) {
        return TicketKeysView.of(handshakes, engineName, connectors);
    }

    /**
     * Registers the keys in JMX until {@link #hide} or {@link #close}. Never throws: a failure is logged, because a
     * server works without monitoring.
     *
     * @param name distinguishes the server from others in this JVM
     * @param engineName the TLS implementation, as JMX shows it
     * @see TicketKeysMXBean
     */
    public synchronized void show(String name, String engineName) {
        hide();
        try {
            registration = JmxRegistration.of(handshakes, name, engineName, connectors);
        } catch (LinkageError e) {
            // A Java runtime without the module java.management.
            LOG.log(
                    Level.WARNING,
                    "The MBean for the ticket keys of {0} cannot be registered; the server runs, but JMX has no data about"
                            + " its ticket keys: {1}",
                    name,
                    e);
        }
    }

    /** Removes the keys from JMX, if they are registered. */
    public synchronized void hide() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    /** Stops following the source, removes the keys from every engine and wipes them. */
    @Override
    public void close() {
        hide();
        updater.close();
        manager.close();
    }
}
