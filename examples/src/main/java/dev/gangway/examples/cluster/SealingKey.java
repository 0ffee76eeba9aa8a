package dev.gangway.examples.cluster;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.internal.keys.KeyName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits until a node's status page shows that the node seals with a certain key. */
final class SealingKey {
    // A node reads its key file five times a second, and less often on a busy machine.
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 20;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private SealingKey() {}

    /** @throws IOException if the node does not seal with {@code expected} within a minute, or ends before */
    static void await(NodeProcess node, KeyName expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        String seen = of(node.status());
        while (!seen.equals(expected.toString())) {
            if (System.nanoTime() > end) {
                throw new IOException(node.name() + " seals with key " + seen + " after " + TIMEOUT.toSeconds()
                        + " s, and not with " + expected);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            seen = of(node.status());
        }
    }

    private static String of(URI status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(status.resolve("status.json"))
                .timeout(TIMEOUT)
                .build();
        String document =
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        // Each node has one server.
        return JSON.std.mapFrom(document).get("nodes") instanceof List<?> servers
                        && !servers.isEmpty()
                        && servers.get(0) instanceof Map<?, ?> server
                ? String.valueOf(server.get("activeKey"))
                : "none";
    }
}
