package dev.gangway.micrometer;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.internal.outcome.HandshakeRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The meters that count the handshakes of one engine and scope. */
record HandshakeMeters(String engine, String scope) {
    private static final String NONE = "none";
    /** Versions before TLS 1.2, which servers have switched off. Together, because all that may come must be known here. */
    private static final String OTHER = "other";

    private static final List<String> WITH_TICKETS = List.of("TLSv1.2", "TLSv1.3", OTHER);

    List<Meter> register(MeterRegistry registry, Tags common, HandshakeRecorder handshakes) {
        Tags tags = common.and("engine", engine, "scope", scope);
        List<Meter> meters = new ArrayList<>();
        for (String protocol : WITH_TICKETS) {
            for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
                meters.add(count(registry, tags, handshakes, protocol, outcome));
            }
            meters.add(FunctionCounter.builder(
                            "gangway.ssl.handshakes.with.new.ticket",
                            handshakes,
                            present -> sum(present, protocol, HandshakeCounts::withNewTicket))
                    .tags(tags.and("protocol", protocol))
                    .description("Handshakes after which the client was given at least one new ticket")
                    .register(registry));
        }
        // Nothing else is known to have come to nothing before a version was chosen.
        meters.add(count(registry, tags, handshakes, NONE, HandshakeOutcome.FAILED));
        return meters;
    }

    private Meter count(
            MeterRegistry registry,
            Tags tags,
            HandshakeRecorder handshakes,
            String protocol,
            HandshakeOutcome outcome) {
        return FunctionCounter.builder(
                        "gangway.ssl.handshakes",
                        handshakes,
                        present -> sum(present, protocol, counts -> counts.of(outcome)))
                .tags(tags.and("protocol", protocol, "outcome", TagValue.of(outcome)))
                .description("TLS handshakes, by what became of them and of the ticket in them")
                .baseUnit("handshakes")
                .register(registry);
    }

    private double sum(HandshakeRecorder handshakes, String protocol, ToLongFunction<HandshakeCounts> of) {
        return handshakes.counts(engine, scope).stream()
                .filter(counts -> protocol.equals(tagOf(counts.protocol())))
                .mapToLong(of)
                .sum();
    }

    private static String tagOf(String protocol) {
        return protocol.equals(NONE) || WITH_TICKETS.contains(protocol) ? protocol : OTHER;
    }
}
