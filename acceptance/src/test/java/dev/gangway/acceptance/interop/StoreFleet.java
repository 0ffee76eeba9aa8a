package dev.gangway.acceptance.interop;

import dev.gangway.KeySourceException;
import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.node.ContainerKind;
import dev.gangway.examples.node.NodeSettings;
import dev.gangway.examples.node.RunningNode;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.TcpRelay;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.store.StoreEditor;
import dev.gangway.testing.Await;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Nodes of this process with one store, behind a balancer. */
final class StoreFleet implements AutoCloseable {
    private final List<RunningNode> nodes = new ArrayList<>();
    private final Path properties;
    private final Set<KeyName> announced = new HashSet<>();
    private TcpRelay balancer;

    private StoreFleet(Path properties) {
        this.properties = properties;
    }

    /**
     * @param properties the properties file of each node; the command line uses the first one
     * @param state a folder for the certificate
     */
    static StoreFleet start(Path state, Duration lifetime, Duration poll, List<Path> properties) throws Exception {
        StoreFleet fleet = new StoreFleet(properties.get(0));
        try {
            ServerKeyStore certificate = StateDirectory.at(state).certificate();
            for (int i = 0; i < properties.size(); i++) {
                ContainerKind container = i % 2 == 0 ? ContainerKind.JETTY : ContainerKind.TOMCAT;
                fleet.nodes.add(RunningNode.start(NodeSettings.of(container)
                        .withKeyStore(certificate)
                        .withGangway(TicketSettings.ofKeys("store:" + properties.get(i))
                                .withTicketLifetime(lifetime)
                                .withPollInterval(poll))));
            }
            List<Integer> ports = fleet.nodes.stream().map(RunningNode::port).toList();
            fleet.balancer = TcpRelay.start(0, ports, new RelayListener() {});
            return fleet;
        } catch (Throwable e) {
            fleet.close();
            throw e;
        }
    }

    int port() {
        return balancer.port();
    }

    /** What {@code keys rotate --in} does; returns when every node seals with the next key. */
    void rotate(Duration in) throws Exception {
        awaitActive(change(in));
    }

    /** What {@code keys rotate --in} does; returns the name of the key that seals then. */
    String change(Duration in) throws KeySourceException {
        try (StoreEditor store = StoreEditor.open(properties, Allow.OWNER_ONLY)) {
            Instant now = Instant.now();
            ScheduledKeyset next = store.rotate(Optional.of(in), now).orElseThrow();
            next.keys().forEach(key -> announced.add(key.name()));
            // The store's time may be a little later than this machine's, and the next key seals for a whole period.
            Instant then = now.plus(in).plusSeconds(30);
            String sealing = next.ringAt(then).active().orElseThrow().name().toString();
            next.destroy();
            return sealing;
        }
    }

    /** How many keys were in the store after any {@link #change}. */
    int announcedKeys() {
        return announced.size();
    }

    /** What {@code keys new} does; returns the time until every node seals with the new key. */
    Duration replace(Duration lifetime) throws Exception {
        try (StoreEditor store = StoreEditor.open(properties, Allow.OWNER_ONLY)) {
            long start = System.nanoTime();
            ScheduledKeyset fresh =
                    store.replace(Optional.of(Duration.ofHours(12)), Optional.of(lifetime), Instant.now());
            String sealing =
                    fresh.ringAt(Instant.now()).active().orElseThrow().name().toString();
            fresh.destroy();
            awaitActive(sealing);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    static void awaitActive(String key) throws InterruptedException, JMException {
        Await.until("every node seals with key " + key, () -> Fleet.activeKeys().equals(Set.of(key)));
    }

    /** The values of one attribute of all nodes. */
    static List<Object> attribute(String name) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<Object> values = new ArrayList<>();
        for (ObjectName node : server.queryNames(new ObjectName("dev.gangway:type=TicketKeys,*"), null)) {
            values.add(server.getAttribute(node, name));
        }
        return values;
    }

    @Override
    public void close() {
        if (balancer != null) {
            balancer.close();
        }
        nodes.forEach(RunningNode::close);
    }
}
