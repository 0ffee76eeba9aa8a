package dev.gangway.examples.cluster;

import dev.gangway.examples.status.ClusterStatus;
import dev.gangway.examples.status.LoopbackHttp;
import dev.gangway.examples.status.NodeReporter;
import dev.gangway.examples.status.RecentConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a fleet until the process is terminated. */
@Command(
        name = "cluster",
        description = "Runs node processes that share ticket keys behind a balancer on 127.0.0.1, which gives every"
                + " connection to the next node, and prints 'READY https://127.0.0.1:PORT' when all accept connections,"
                + " then 'STATUS http://127.0.0.1:PORT/', the address of a page that shows their status.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class ClusterCommand implements Callable<Integer> {
    // A key file has at most 64 kilobytes, and about 250 bytes for each key that still opens tickets.
    private static final long MOST_LIVE_KEYS = 200;
    private static final Duration SHORTEST_ROTATION = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--container", required = true, description = "${COMPLETION-CANDIDATES}")
    private ContainerMix containers;

    @Option(
            names = "--engine",
            defaultValue = "jdk",
            description = "TLS implementation, jdk or conscrypt (default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(names = "--nodes", defaultValue = "3", description = "The number of nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--port", defaultValue = "0", description = "0 means any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--stock", description = "The containers without Gangway.")
    private boolean stock;

    @Option(
            names = "--rotate-every",
            defaultValue = "30s",
            description = "How long each ticket key seals (default: ${DEFAULT-VALUE}).")
    private Duration rotateEvery;

    @Option(names = "--ticket-lifetime", defaultValue = "10m", description = "(default: ${DEFAULT-VALUE}).")
    private Duration ticketLifetime;

    @Option(
            names = "--status-port",
            defaultValue = "0",
            description =
                    "Port of the status page, plain HTTP on 127.0.0.1; 0 means any free port (default: ${DEFAULT-VALUE}).")
    private int statusPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RecentConnections connections = new RecentConnections();
        Cluster cluster = Cluster.start(settings(), connections, System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "shutdown"));
        ClusterStatus status = new ClusterStatus(reportersOf(cluster), connections);
        LoopbackHttp page = LoopbackHttp.start(statusPort, status::part);
        System.out.println("READY https://127.0.0.1:" + cluster.port());
        System.out.println("STATUS " + page.url());
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(rotateEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!stock) {
                cluster.rotate();
            }
        }
        return 0;
    }

    private static List<NodeReporter> reportersOf(Cluster cluster) {
        return IntStream.range(0, cluster.nodePorts().size())
                .mapToObj(index -> new NodeReporter(cluster.nodeName(index), cluster.nodeStatus(index)))
                .toList();
    }

    private ClusterSettings settings() {
        try {
            if (rotateEvery.compareTo(SHORTEST_ROTATION) < 0) {
                throw new IllegalArgumentException("--rotate-every " + rotateEvery + " is shorter than 1s");
            }
            if (ticketLifetime.dividedBy(rotateEvery) > MOST_LIVE_KEYS) {
                throw new IllegalArgumentException(
                        "--rotate-every " + rotateEvery + " leaves more than " + MOST_LIVE_KEYS
                                + " keys whose tickets live for --ticket-lifetime " + ticketLifetime
                                + "; rotate less often or shorten the lifetime");
            }
            return new ClusterSettings(containers, engine, nodes, port, stock, ticketLifetime);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
