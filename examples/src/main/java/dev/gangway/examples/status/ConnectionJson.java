package dev.gangway.examples.status;

import dev.gangway.examples.ladder.RecordLog;
import dev.gangway.examples.ladder.Step;
import dev.gangway.examples.relay.Direction;
import dev.gangway.examples.relay.RelayedConnection;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection as JSON in the status document. */
final class ConnectionJson {
    // No handshake is longer, but downloads are.
    private static final int MOST_STEPS = 40;

    private ConnectionJson() {}

    /** An entry of the list of connections. */
    static Map<String, Object> summary(RecentConnections.Opened opened, String node) {
        return summary(opened, node, read(opened.connection()));
    }

    /** The entry, with the connection's ladder. */
    static Map<String, Object> ladder(RecentConnections.Opened opened, String node) {
        Optional<RecordLog> log = read(opened.connection());
        List<Step> steps = log.map(RecordLog::steps).orElse(List.of());
        Map<String, Object> connection = summary(opened, node, log);
        connection.put(
                "steps",
                steps.stream().limit(MOST_STEPS).map(ConnectionJson::step).toList());
        connection.put("stepsLeftOut", Math.max(0, steps.size() - MOST_STEPS));
        return connection;
    }

    private static Map<String, Object> summary(RecentConnections.Opened opened, String node, Optional<RecordLog> log) {
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("id", opened.connection().id());
        connection.put("at", opened.at().toString());
        connection.put("node", node);
        connection.put("protocol", log.map(RecordLog::protocol).orElse(null));
        connection.put("kind", kind(log));
        connection.put("bytesFromClient", opened.connection().total(Direction.FROM_CLIENT));
        connection.put("bytesFromNode", opened.connection().total(Direction.FROM_SERVER));
        return connection;
    }

    private static String kind(Optional<RecordLog> log) {
        return log.flatMap(records -> records.handshake().resumed())
                .map(resumed -> resumed ? "resumed" : "full")
                .orElse("unfinished");
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> arrow = new LinkedHashMap<>();
        arrow.put("atMillis", Math.round(step.at().toNanos() / 1e5) / 10.0);
        arrow.put("from", step.direction() == Direction.FROM_CLIENT ? "client" : "node");
        arrow.put("name", step.name());
        arrow.put("bytes", step.length());
        arrow.put("encrypted", step.encrypted());
        arrow.put("facts", new ArrayList<>(step.facts()));
        return arrow;
    }

    // A client may send anything: other bytes than TLS, or an incomplete handshake.
    private static Optional<RecordLog> read(RelayedConnection connection) {
        try {
            return Optional.of(RecordLog.read(connection.chunks()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }
}
