package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often each outcome occurred in one scope, with one engine and protocol version, since the server started.
 *
 * @param engine the TLS implementation, such as {@code jdk}
 * @param scope the trust domain, see {@link dev.gangway.internal.keys.Scope#label()}
 * @param protocol {@code TLSv1.2}, {@code TLSv1.3}, the number of an older version, such as {@code 0x302}, or
 *     {@code none} for handshakes that failed before a version was chosen
 * @param outcomes the count of every outcome, zero for those that never occurred
 * @param withNewTicket the count of handshakes, full or resumed, after which the client was given at least
 *     one new ticket
 */
public record HandshakeCounts(
        String engine, String scope, String protocol, Map<HandshakeOutcome, Long> outcomes, long withNewTicket) {
    /** Copies the map, and completes it with zeros. */
    public HandshakeCounts {
        Map<HandshakeOutcome, Long> all = new EnumMap<>(HandshakeOutcome.class);
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            all.put(outcome, outcomes.getOrDefault(outcome, 0L));
        }
        outcomes = Collections.unmodifiableMap(all);
    }

    /** How often {@code outcome} occurred. */
    public long of(HandshakeOutcome outcome) {
        return outcomes.get(outcome);
    }

    /** How many sessions were resumed. */
    public long resumed() {
        return sum(HandshakeOutcome::isResumed);
    }

    /** How many full handshakes there were. */
    public long full() {
        return sum(HandshakeOutcome::isFull);
    }

    /** One line for display, such as {@code none TLSv1.3: 120 resumed, 4 full, 1 failed}. */
    @Override
    public String toString() {
        return scope + " " + protocol + ": " + resumed() + " resumed, " + full() + " full, "
                + of(HandshakeOutcome.FAILED) + " failed";
    }

    private long sum(Predicate<HandshakeOutcome> which) {
        return outcomes.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
