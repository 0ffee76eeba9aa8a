package dev.gangway.examples.status;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.status.StatusJson;
import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status page of a fleet: the report of each node, and the connections through the balancer. */
public final class ClusterStatus {
    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
    private static final Pattern LADDER = Pattern.compile("/connections/(\\d{1,18})\\.json");

    private final List<NodeReporter> nodes;
    private final RecentConnections connections;
    private final StatusPage page = StatusPage.showing(this::document);

    /** @param nodes the upstreams of the balancer that {@code connections} listens to, in order */
    public ClusterStatus(List<NodeReporter> nodes, RecentConnections connections) {
        this.nodes = List.copyOf(nodes);
        this.connections = connections;
    }

    /** The part of the page at {@code path}. */
    public Optional<StatusPage.Part> part(String path) {
        Matcher ladder = LADDER.matcher(path);
        return ladder.matches() ? ladder(Long.parseLong(ladder.group(1))) : page.part(path);
    }

    private String document() {
        List<CompletableFuture<Map<String, Object>>> asked =
                nodes.stream().map(NodeReporter::ask).toList();
        List<Map<String, Object>> answers =
                asked.stream().map(CompletableFuture::join).toList();
        List<Map<String, Object>> recent = connections.newestFirst().stream()
                .map(opened -> ConnectionJson.summary(opened, nodeOf(opened)))
                .toList();
        return StatusJson.of(Instant.now(), answers, recent);
    }

    private Optional<StatusPage.Part> ladder(long id) {
        return connections
                .withId(id)
                .map(opened -> ConnectionJson.ladder(opened, nodeOf(opened)))
                .map(ladder -> StatusPage.Part.data(write(ladder)));
    }

    private String nodeOf(RecentConnections.Opened opened) {
        return nodes.get(opened.connection().upstream()).name();
    }

    private static String write(Map<String, Object> ladder) {
        try {
            return WITH_NULLS.asString(ladder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
