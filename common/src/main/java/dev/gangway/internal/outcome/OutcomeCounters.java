package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one scope and engine, for each protocol version. */
final class OutcomeCounters {
    private final String engine;
    private final String scope;
    private final Map<String, Counters> byProtocol = new ConcurrentHashMap<>();

    OutcomeCounters(String engine, String scope) {
        this.engine = engine;
        this.scope = scope;
    }

    void count(String protocol, HandshakeOutcome outcome) {
        of(protocol).of(outcome).increment();
    }

    void countNewTicket(String protocol) {
        of(protocol).withNewTicket.increment();
    }

    List<HandshakeCounts> counts() {
        return new TreeMap<>(byProtocol)
                .entrySet().stream()
                        .map(entry -> entry.getValue().counts(engine, scope, entry.getKey()))
                        .toList();
    }

    private Counters of(String protocol) {
        Counters present = byProtocol.get(protocol);
        return present == null ? byProtocol.computeIfAbsent(protocol, name -> new Counters()) : present;
    }

    private static final class Counters {
        // Complete from the start, so that threads only read it.
        private final Map<HandshakeOutcome, LongAdder> outcomes = new EnumMap<>(HandshakeOutcome.class);
        final LongAdder withNewTicket = new LongAdder();

        Counters() {
            for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
                outcomes.put(outcome, new LongAdder());
            }
        }

        LongAdder of(HandshakeOutcome outcome) {
            return outcomes.get(outcome);
        }

        HandshakeCounts counts(String engine, String scope, String protocol) {
            Map<HandshakeOutcome, Long> counts = new EnumMap<>(HandshakeOutcome.class);
            outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
            return new HandshakeCounts(engine, scope, protocol, counts, withNewTicket.sum());
        }
    }
}
