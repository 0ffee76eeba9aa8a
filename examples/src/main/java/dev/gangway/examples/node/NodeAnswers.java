package dev.gangway.examples.node;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.examples.container.TlsContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSessionContext;

/** The pages of a node, the same in every container. */
final class NodeAnswers {
    private static final JSON JSON_WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final NodeSettings settings;
    private final ObservedConnections connections;

    NodeAnswers(NodeSettings settings, ObservedConnections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    Answer to(Exchange exchange, TlsContainer container) {
        try {
            return switch (exchange.path()) {
                case "/" -> new Answer(200, connection(exchange));
                case "/sessions" -> new Answer(200, sessions(container.sessionCaches()));
                default -> new Answer(404, "{\"error\":\"there are / and /sessions\"}");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String connection(Exchange exchange) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("node", settings.name());
        facts.put("container", settings.container().toString());
        // A container without Gangway uses the JDK's TLS.
        facts.put("engine", settings.stock() ? "jdk" : settings.gangway().engine());
        facts.put("stock", settings.stock());
        facts.put("protocol", exchange.protocol());
        facts.put("cipherSuite", exchange.cipherSuite());
        // Null if the client has closed the connection already.
        facts.put("resumed", connections.resumed(exchange.remotePort()).orElse(null));
        return JSON_WITH_NULLS.asString(facts);
    }

    private static String sessions(List<SSLSessionContext> caches) throws IOException {
        List<Integer> sizes = caches.stream()
                .map(cache -> Collections.list(cache.getIds()).size())
                .toList();
        return JSON.std.asString(Map.of("contexts", sizes));
    }
}
