package dev.gangway.status;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document that the page reads again and again: {@code {"at":…,"nodes":[…],"connections":[…]}}. */
public final class StatusJson {
    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private StatusJson() {}

    /** Where nobody watches connections: there are no {@code connections} then. */
    public static String withoutConnections(Instant at, List<Map<String, Object>> nodes) {
        return write(start(at, nodes));
    }

    /**
     * @param nodes each with its {@code name} and {@code condition}, and all that its MBean tells if it has one
     * @param connections the newest first, each with its {@code id}, and what is known of it
     */
    public static String of(Instant at, List<Map<String, Object>> nodes, List<Map<String, Object>> connections) {
        Map<String, Object> document = start(at, nodes);
        document.put("connections", connections);
        return write(document);
    }

    private static Map<String, Object> start(Instant at, List<Map<String, Object>> nodes) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", at.toString());
        document.put("nodes", nodes);
        return document;
    }

    private static String write(Map<String, Object> document) {
        try {
            return WITH_NULLS.asString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
