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
    /**
     * Versions before TLS 1.2, which servers have switched off. They share one tag value, because all tag values must
     * be known when the meters are registered.
     */
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
                    .description("Handshakes in which the client got at least one new ticket")
                    .register(registry));
        }
        // Only failed handshakes have no protocol version.
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
                .description("TLS handshakes, by outcome")
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
