package dev.gangway.examples.probe;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a probe's connections.
 *
 * @param connections all of them; the sum of the next three
 * @param resumed resumed from a ticket
 * @param full with a full handshake
 * @param failed with no handshake, or no proper answer after it
 * @param p50Millis median handshake time of those that did not fail, in milliseconds; 0 if all failed
 * @param p99Millis its 99th percentile
 */
public record ProbeResult(int connections, int resumed, int full, int failed, double p50Millis, double p99Millis) {
    static ProbeResult of(int connections, Collection<Attempt> succeeded) {
        int resumed = (int) succeeded.stream().filter(Attempt::resumed).count();
        long[] nanos =
                succeeded.stream().mapToLong(Attempt::handshakeNanos).sorted().toArray();
        return new ProbeResult(
                connections,
                resumed,
                succeeded.size() - resumed,
                connections - succeeded.size(),
                percentile(nanos, 50),
                percentile(nanos, 99));
    }

    /** One line. */
    public String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connections", connections);
        fields.put("resumed", resumed);
        fields.put("full", full);
        fields.put("failed", failed);
        fields.put("p50_ms", p50Millis);
        fields.put("p99_ms", p99Millis);
        try {
            return JSON.std.asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // By nearest rank, in milliseconds with two decimals.
    private static double percentile(long[] sortedNanos, int percent) {
        if (sortedNanos.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(sortedNanos.length * percent / 100.0);
        return Math.round(sortedNanos[rank - 1] / 10_000.0) / 100.0;
    }
}
