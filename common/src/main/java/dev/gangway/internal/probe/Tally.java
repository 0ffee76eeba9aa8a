package dev.gangway.internal.probe;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Adds up the connections of one client. It keeps none of them, because there may be a million. */
final class Tally {
    private final LongStream.Builder handshakeNanos = LongStream.builder();
    private final Map<Integer, Long> httpAnswers = new TreeMap<>();
    private Optional<NodeFacts> facts = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private int resumed;
    private int cached;
    private int full;
    private int failed;
    private int refused;

    void add(Connection connection) {
        if (!connection.resumed()) {
            full++;
        } else if (connection.offeredTicket().isPresent()) {
            resumed++;
        } else {
            cached++;
        }
        handshakeNanos.add(connection.handshakeNanos());
        httpAnswers.merge(connection.httpStatus().orElse(0), 1L, Long::sum);
        facts = facts.or(() -> Optional.of(NodeFacts.of(connection)));
    }

    void add(IOException why) {
        failed++;
        refused += why instanceof RefusedVersionException ? 1 : 0;
        failure = failure.or(() -> Optional.of(Failures.describe(why)));
    }

    int connections() {
        return completed() + failed;
    }

    int completed() {
        return resumed + cached + full;
    }

    /** Nothing may be added after it. */
    ProbeResult result() {
        long[] nanos = handshakeNanos.build().sorted().toArray();
        return new ProbeResult(
                connections(),
                resumed,
                cached,
                full,
                failed,
                failure,
                httpAnswers,
                percentile(nanos, 50),
                percentile(nanos, 99),
                facts,
                refused == connections());
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
