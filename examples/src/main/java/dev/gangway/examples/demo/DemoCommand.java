package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.Cluster;
import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.examples.cluster.ContainerMix;
import dev.gangway.internal.context.Engines;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Demonstrates resumption with and without Gangway. */
@Command(
        name = "demo",
        description = "Connects one client repeatedly to fleets of Jetty and Tomcat, stock and with Gangway,"
                + " and prints how often its connections were resumed; then draws a full handshake on one node and the"
                + " resumption on another, from the bytes on the wire.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int ROTATIONS_PER_PROBE = 4;

    @Option(
            names = "--nodes",
            defaultValue = "3",
            description = "The number of nodes of each fleet (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--connections",
            defaultValue = "150",
            description = "The number of connections to each fleet (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ClusterSettings> fleets = fleets();
        List<Row> rows = new ArrayList<>();
        StringBuilder flows = new StringBuilder();
        try (Progress progress = Progress.of(fleets.size() * TlsVersion.values().length * connections)) {
            for (ClusterSettings fleet : fleets) {
                run(fleet, rows, flows, progress);
            }
        }
        System.out.println(ResultTable.render(rows));
        System.out.println(
                "The balancer gives every connection to the next node and remembers no client, so a stock node"
                        + " never\nsees its own tickets again; one that picks nodes at random would resume about one in "
                        + nodes + ".\nBoringSSL (Conscrypt) holds two keys and issues no new ticket when it resumes in"
                        + " TLS 1.2: with keys\nhanded over every second or so, a client there does a full handshake at"
                        + " every other rotation.\n");
        System.out.print(flows);
        return rows.stream().allMatch(row -> row.result().failed() == 0) ? 0 : 1;
    }

    private List<ClusterSettings> fleets() {
        List<String> engines = engines();
        List<ClusterSettings> fleets = new ArrayList<>();
        for (ContainerMix containers : List.of(ContainerMix.JETTY, ContainerMix.TOMCAT)) {
            fleets.add(ClusterSettings.of(containers, nodes).asStock());
            engines.forEach(
                    engine -> fleets.add(ClusterSettings.of(containers, nodes).withEngine(engine)));
        }
        engines.forEach(engine ->
                fleets.add(ClusterSettings.of(ContainerMix.MIXED, nodes).withEngine(engine)));
        return fleets;
    }

    // Conscrypt has native code for only a few platforms.
    private static List<String> engines() {
        try {
            Engines.supportedBy("conscrypt");
            return List.of("jdk", "conscrypt");
        } catch (IllegalArgumentException e) {
            System.err.println("Left out: " + e.getMessage());
            return List.of("jdk");
        }
    }

    private void run(ClusterSettings fleet, List<Row> rows, StringBuilder flows, Progress progress)
            throws IOException, InterruptedException {
        String name = fleet.containers() + (fleet.stock() ? " stock" : " gangway " + fleet.engine());
        progress.stage(name + ": starting " + nodes + " nodes");
        Flows wire = new Flows();
        try (Cluster cluster = Cluster.start(fleet, wire, line -> {})) {
            for (TlsVersion tls : TlsVersion.values()) {
                progress.stage(name + ": TLS " + tls);
                rows.add(probe(fleet, cluster, tls, progress));
            }
            if (fleet.containers() == ContainerMix.MIXED && fleet.engine().equals("jdk") && nodes > 1) {
                flows.append(wire.draw(cluster, TlsVersion.TLS_1_3)).append('\n');
                flows.append(wire.draw(cluster, TlsVersion.TLS_1_2));
            }
        }
    }

    private Row probe(ClusterSettings fleet, Cluster cluster, TlsVersion tls, Progress progress) {
        Rotations rotations = new Rotations(cluster);
        int every = Math.max(1, connections / (ROTATIONS_PER_PROBE + 1));
        ProbeResult result = Probe.run(ProbeSettings.of(cluster.port(), tls, connections), done -> {
            progress.step();
            if (!fleet.stock() && done % every == 0 && done < connections) {
                rotations.begin();
            }
        });
        return new Row(fleet, tls, rotations.finish(), result);
    }
}
