package dev.gangway.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.Scope;
import dev.gangway.testing.RecordingInstallation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandshakeRecorderTest {
    private static final int THREADS = 8;
    private static final int EACH = 20_000;

    private final HandshakeRecorder recorder = new HandshakeParts().recorder;

    @Test
    void counts_nothingSeen_areNone() {
        assertThat(new HandshakeRecorder(new HandshakeParts().manager).counts()).isEmpty();
    }

    @Test
    void counts_byEightThreads_addUpExactly() throws Exception {
        OutcomeCounters counters = observe("shop").counters;
        HandshakeOutcome[] all = HandshakeOutcome.values();
        inEightThreads(() -> {
            for (int i = 0; i < EACH; i++) {
                counters.count(i % 2 == 0 ? "TLSv1.2" : "TLSv1.3", all[i / 2 % all.length]);
                counters.countNewTicket("TLSv1.3");
            }
        });

        List<HandshakeCounts> counts = recorder.counts();
        assertThat(counts).extracting(HandshakeCounts::protocol).containsExactly("TLSv1.2", "TLSv1.3");
        for (HandshakeCounts each : counts) {
            assertThat(each.outcomes().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(THREADS * EACH / 2L);
        }
        assertThat(counts.get(0).withNewTicket()).isZero();
        assertThat(counts.get(1).withNewTicket()).isEqualTo((long) THREADS * EACH);
        long first =
                IntStream.range(0, EACH / 2).filter(i -> i % all.length == 0).count();
        assertThat(counts.get(0).of(all[0])).isEqualTo(THREADS * first);
    }

    @Test
    void observe_byEightThreadsAtOnce_countsInOneRow() throws Exception {
        inEightThreads(() -> observe("shop").counters.count("TLSv1.3", HandshakeOutcome.FAILED));

        assertThat(recorder.counts())
                .singleElement()
                .satisfies(
                        counts -> assertThat(counts.of(HandshakeOutcome.FAILED)).isEqualTo(THREADS));
    }

    @Test
    void counts_severalPlaces_areRowsInOrder() {
        recorder.observe(ConscryptTicketEngine.create(), scope("b"), new RecordingInstallation(), ClientAuth.NONE)
                .counters
                .count("TLSv1.2", HandshakeOutcome.FAILED);
        for (String scope : List.of("b", "a")) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                observe(scope).counters.count(protocol, HandshakeOutcome.RESUMED_ACTIVE_KEY);
            }
        }

        assertThat(recorder.counts())
                .extracting(row -> row.engine() + " " + row.scope() + " " + row.protocol())
                .containsExactly(
                        "conscrypt b/none TLSv1.2",
                        "jdk a/none TLSv1.2",
                        "jdk a/none TLSv1.3",
                        "jdk b/none TLSv1.2",
                        "jdk b/none TLSv1.3");
    }

    @Test
    void counts_ofOneRow_areCompleteAndSummedUp() {
        HandshakeCounts counts = new HandshakeCounts(
                "jdk",
                "none",
                "TLSv1.3",
                Map.of(
                        HandshakeOutcome.FULL_WITHOUT_TICKET, 1L,
                        HandshakeOutcome.FULL_SESSION_EXPIRED, 2L,
                        HandshakeOutcome.RESUMED_ACTIVE_KEY, 4L,
                        HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY, 8L,
                        HandshakeOutcome.FAILED, 16L),
                0);

        assertThat(counts.full()).isEqualTo(3);
        assertThat(counts.resumed()).isEqualTo(12);
        assertThat(counts.of(HandshakeOutcome.NOT_UNDERSTOOD)).isZero();
        assertThat(counts.outcomes()).containsOnlyKeys(HandshakeOutcome.values());
    }

    private ContextObserver observe(String scope) {
        return recorder.observe(new JdkTicketEngine(), scope(scope), new RecordingInstallation(), ClientAuth.NONE);
    }

    private static Scope scope(String name) {
        return Scope.of(name, ClientAuth.NONE, List.of());
    }

    private static void inEightThreads(Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> threads.submit(work))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
