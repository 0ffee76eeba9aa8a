package dev.gangway.examples.cluster;

import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.TcpRelay;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running fleet: node processes that share one key file, behind a {@link TcpRelay} that forwards each connection to the
 * next node.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    // Three polls. A node that has not read the file by then still accepts the next key, which it had before.
    private static final Duration SWITCH_AHEAD = Duration.ofMillis(600);

    private final ClusterSettings settings;
    private final TemporaryDirectory directory;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Integer> nodePorts = new ArrayList<>();
    private SharedKeyFile keys;
    private TcpRelay balancer;

    private Cluster(ClusterSettings settings, TemporaryDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /**
     * Starts all nodes, and returns when every node accepts connections.
     *
     * @throws IOException if a node does not start, with the output of the node
     */
    public static Cluster start(ClusterSettings settings) throws IOException {
        return start(settings, new RelayListener() {}, line -> {});
    }

    /**
     * As {@link #start(ClusterSettings)}.
     *
     * @param listener notified of the connections of the balancer, whose upstreams are the nodes in order
     * @param log receives each line that a node writes to standard error
     */
    public static Cluster start(ClusterSettings settings, RelayListener listener, Consumer<String> log)
            throws IOException {
        Cluster cluster = new Cluster(settings, TemporaryDirectory.make("gangway-cluster"));
        try {
            cluster.startAll(listener, log);
            return cluster;
        } catch (InterruptedException e) {
            cluster.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the nodes started", e);
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    /** The port of the balancer, on 127.0.0.1. */
    public int port() {
        return balancer.port();
    }

    /** The port of each node, on 127.0.0.1, in order. */
    public List<Integer> nodePorts() {
        return List.copyOf(nodePorts);
    }

    /** The address of a node's own status page, with plain HTTP on 127.0.0.1. */
    public URI nodeStatus(int index) {
        return nodes.get(index).status();
    }

    /** The name of a node, such as {@code node-1 (jetty)}. */
    public String nodeName(int index) {
        return nodes.get(index).name() + " (" + settings.containers().ofNode(index) + ")";
    }

    /**
     * Activates the next ticket key, as an operator does: writes its activation to the key file in advance, and returns at
     * that time. Tickets of the previous key remain valid for their lifetime. Clients may connect meanwhile.
     */
    public synchronized void rotate() throws IOException, InterruptedException {
        Instant switchAt = Instant.now().plus(SWITCH_AHEAD);
        keys.withImmediateKey(switchAt);
        for (Duration left = SWITCH_AHEAD; !left.isNegative(); left = Duration.between(Instant.now(), switchAt)) {
            TimeUnit.MILLISECONDS.sleep(left.toMillis() + 1);
        }
    }

    /**
     * Waits until every node seals with the active key, which is the case some time after {@link #rotate}.
     *
     * @throws IOException if a node does not within a minute
     */
    public void awaitKeys() throws IOException, InterruptedException {
        for (NodeProcess node : nodes) {
            SealingKey.await(node, keys.sealing());
        }
    }

    /** Stops all nodes. */
    @Override
    public void close() {
        if (balancer != null) {
            balancer.close();
        }
        nodes.forEach(NodeProcess::stop);
        nodes.forEach(NodeProcess::close);
        if (keys != null) {
            keys.forget();
        }
        directory.close();
    }

    private void startAll(RelayListener listener, Consumer<String> log) throws IOException, InterruptedException {
        // Made before the nodes start, so that they need not wait for each other.
        try {
            StateDirectory.at(directory.path()).certificate();
        } catch (GeneralSecurityException e) {
            throw new IOException("the nodes' certificate cannot be made", e);
        }
        keys = SharedKeyFile.create(directory.path().resolve("ticket-keys"), settings.ticketLifetime());
        for (int i = 0; i < settings.nodes(); i++) {
            nodes.add(NodeProcess.start("node-" + (i + 1), arguments(i), log));
        }
        for (NodeProcess node : nodes) {
            nodePorts.add(node.awaitPort());
        }
        balancer = TcpRelay.start(settings.port(), nodePorts, listener);
    }

    private List<String> arguments(int index) {
        List<String> arguments = new ArrayList<>(List.of(
                "--container=" + settings.containers().ofNode(index),
                "--engine=" + settings.engine(),
                "--state=" + directory.path()));
        if (settings.stock()) {
            arguments.add("--stock");
        } else {
            arguments.add("--keys=file:" + keys.path());
            arguments.add("--ticket-lifetime=" + settings.ticketLifetime());
            arguments.add("--poll-interval=" + POLL_INTERVAL);
        }
        return arguments;
    }
}
