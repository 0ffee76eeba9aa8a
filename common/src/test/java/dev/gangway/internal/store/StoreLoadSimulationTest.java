package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.LongForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a fleet of 10,000 nodes does to its store, in virtual time: the numbers in docs/stores.md. */
class StoreLoadSimulationTest {
    private static final int NODES = 10_000;
    private static final double POLL_SECONDS = 10;
    private static final double JITTER = 0.25;

    private record Change(int attempts, double secondsUntilLast, double readsPerSecond) {}

    @Test
    void keyChange_tenThousandNodesStartedAtOnce_needsFewSwapsAndOnePollInterval() {
        Random random = new Random(1);
        for (double answerSeconds : new double[] {0.002, 0.02, 0.1}) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < LongForm.tries(200, 10); i++) {
                changes.add(change(random, answerSeconds));
            }
            double attempts =
                    changes.stream().mapToInt(Change::attempts).average().orElseThrow();
            double last =
                    changes.stream().mapToDouble(Change::secondsUntilLast).max().orElseThrow();
            double reads =
                    changes.stream().mapToDouble(Change::readsPerSecond).max().orElseThrow();
            System.out.printf(
                    "answers in %.0f ms: %.1f swaps per change, last node after %.1f s, %.0f reads/s%n",
                    answerSeconds * 1000, attempts, last, reads);
            // Only nodes that read while the first one writes try as well.
            assertThat(attempts).isLessThan(2 + 3 * NODES / POLL_SECONDS * answerSeconds);
            assertThat(last).isLessThan(POLL_SECONDS + 1);
            assertThat(reads).isLessThan(1.3 * NODES / POLL_SECONDS / (1 - JITTER));
        }
    }

    // All nodes begin at the same instant, as after a restart of the fleet; the key is due after several polls.
    private static Change change(Random random, double answerSeconds) {
        double due = 20 * POLL_SECONDS;
        List<Double> next = new ArrayList<>();
        int readsInASecond = 0;
        for (int node = 0; node < NODES; node++) {
            double at = random.nextDouble() * 0.1;
            while (at < due) {
                if (at >= due - 1) {
                    readsInASecond++;
                }
                at += POLL_SECONDS * (1 - JITTER * random.nextDouble()) + answerSeconds;
            }
            next.add(at);
        }
        double first = Collections.min(next);
        // The first reads, and then writes; a document written is read by all who read later.
        double written = first + 2 * answerSeconds;
        int attempts = (int) next.stream().filter(at -> at < written).count();
        return new Change(attempts, Collections.max(next) - first + answerSeconds, readsInASecond);
    }
}
