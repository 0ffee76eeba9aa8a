package dev.gangway.internal.probe;

import dev.gangway.internal.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the connections of one client.
 *
 * @param connections all of them; the sum of the next four
 * @param resumed resumed from a ticket
 * @param cached resumed from the server's session cache, without a ticket
 * @param full with a full handshake
 * @param failed with no complete handshake
 * @param failure why the first of those failed
 * @param httpAnswers how many answers there were of each HTTP status; no answer has the key 0
 * @param p50Millis median handshake time of those that did not fail, in milliseconds; 0 if all failed
 * @param p99Millis its 99th percentile
 * @param facts of the first that did not fail
 * @param refused whether the answer to each was that the server does not accept the TLS version
 */
public record ProbeResult(
        int connections,
        int resumed,
        int cached,
        int full,
        int failed,
        Optional<String> failure,
        Map<Integer, Long> httpAnswers,
        double p50Millis,
        double p99Millis,
        Optional<NodeFacts> facts,
        boolean refused) {

    /** Whether every connection after the first was resumed from a ticket. */
    public boolean allResumed() {
        return failed == 0 && resumed == connections - 1;
    }

    /** One line of JSON. */
    public String toJson() {
        return JsonWriter.of(fields());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connections", connections);
        fields.put("resumed", resumed);
        fields.put("cached", cached);
        fields.put("full", full);
        fields.put("failed", failed);
        failure.ifPresent(reason -> fields.put("failure", reason));
        fields.put("http", httpAnswers);
        fields.put("p50_ms", p50Millis);
        fields.put("p99_ms", p99Millis);
        return fields;
    }
}
