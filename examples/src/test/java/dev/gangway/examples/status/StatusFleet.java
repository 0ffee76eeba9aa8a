package dev.gangway.examples.status;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.examples.cluster.Cluster;
import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A fleet of node processes and its status page. */
final class StatusFleet implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<ProcessHandle> processes;
    private final Cluster cluster;
    private final LoopbackHttp withoutGangway;
    private final LoopbackHttp page;

    private StatusFleet(
            List<ProcessHandle> processes, Cluster cluster, LoopbackHttp withoutGangway, LoopbackHttp page) {
        this.processes = processes;
        this.cluster = cluster;
        this.withoutGangway = withoutGangway;
        this.page = page;
    }

    static StatusFleet start(ClusterSettings settings) throws IOException {
        return start(settings, List.of());
    }

    /** @param more further nodes, which run in this process without Gangway */
    static StatusFleet start(ClusterSettings settings, List<String> more) throws IOException {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        RecentConnections connections = new RecentConnections();
        Cluster cluster = Cluster.start(settings, connections, line -> {});
        // The nodes start one after the other.
        List<ProcessHandle> started = ProcessHandle.current()
                .children()
                .filter(process -> !before.contains(process))
                .sorted()
                .toList();
        LoopbackHttp withoutGangway = LoopbackHttp.start(0, StatusPage.ofThisJvm()::part);
        Stream<NodeReporter> nodes = IntStream.range(0, settings.nodes())
                .mapToObj(i -> new NodeReporter(cluster.nodeName(i), cluster.nodeStatus(i)));
        ClusterStatus status = new ClusterStatus(
                Stream.concat(nodes, more.stream().map(name -> new NodeReporter(name, withoutGangway.url())))
                        .toList(),
                connections);
        return new StatusFleet(started, cluster, withoutGangway, LoopbackHttp.start(0, status::part));
    }

    URI url() {
        return page.url();
    }

    ProbeResult probe(TlsVersion tls, int connections) {
        return Probe.run(ProbeSettings.of(cluster.port(), tls, connections));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Kills the process of a node, like {@code kill -9}. */
    void kill(int index) throws Exception {
        ProcessHandle process = processes.get(index);
        process.destroyForcibly();
        process.onExit().get(2, TimeUnit.MINUTES);
    }

    /** A document of the page's server. */
    Map<String, Object> read(String path) throws Exception {
        return JSON.std.mapFrom(get(path).body());
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        page.close();
        withoutGangway.close();
        cluster.close();
    }
}
