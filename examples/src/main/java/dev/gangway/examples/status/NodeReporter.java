package dev.gangway.examples.status;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.status.NodeCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gets the status of one node from its status page. */
public final class NodeReporter {
    // The page is refreshed every second, so it must not wait long for a node that does not answer.
    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final String name;
    private final URI data;

    /**
     * @param name of the node on the page
     * @param status the node's status page
     */
    public NodeReporter(String name, URI status) {
        this.name = name;
        this.data = status.resolve("status.json");
    }

    String name() {
        return name;
    }

    /** The node's part of the status document; never fails. */
    CompletableFuture<Map<String, Object>> ask() {
        HttpRequest request = HttpRequest.newBuilder(data).timeout(TIMEOUT).build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> read(response.body()))
                .exceptionally(failure -> node(NodeCondition.NO_ANSWER));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> read(String document) {
        try {
            List<Object> servers = (List<Object>) JSON.std.mapFrom(document).get("nodes");
            if (servers.isEmpty()) {
                return node(NodeCondition.WITHOUT_GANGWAY);
            }
            // A node has one server, which has the name of its container.
            Map<String, Object> node = new LinkedHashMap<>((Map<String, Object>) servers.get(0));
            node.put("name", name);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> node(NodeCondition condition) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", name);
        node.put("condition", condition.name());
        return node;
    }
}
