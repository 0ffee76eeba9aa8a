package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.testing.LongForm;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Key changes of a fleet while clients connect to it all the time. */
final class KeyChanges {
    private static final int FIRST_KEYS = 2;
    private static final int CONNECTIONS = 50;
    // In the long form, keys are accepted for 75 seconds, and a keyset has at most 40.
    private static final Duration SEALS_AFTER = Duration.ofSeconds(LongForm.tries(3, 1));
    private static final double LEAST_RESUMED = 0.999;

    private final StoreFleet fleet;
    private long offered;
    private long resumed;

    KeyChanges(StoreFleet fleet) {
        this.fleet = fleet;
    }

    void underLoad(int changes) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        long start = System.nanoTime();
        try {
            Future<?> done = operator.submit(() -> {
                for (int i = 0; i < changes; i++) {
                    fleet.rotate(SEALS_AFTER);
                }
                return null;
            });
            do {
                for (TlsVersion tls : List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)) {
                    connect(tls);
                }
            } while (!done.isDone());
            done.get();
        } finally {
            operator.shutdownNow();
        }
        System.out.println(changes + " key changes in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s: " + resumed + " of " + offered
                + " tickets resumed");
        assertThat((double) resumed / offered).isGreaterThanOrEqualTo(LEAST_RESUMED);
        assertThat(StoreFleet.attribute("HandshakesAheadOfKey")).containsOnly(0L);
        assertThat(fleet.announcedKeys()).isEqualTo(FIRST_KEYS + changes);
        assertThat(new HashSet<>(StoreFleet.attribute("ActiveKey"))).hasSize(1);
        assertThat(new HashSet<>(StoreFleet.attribute("DocumentVersion"))).hasSize(1);
    }

    // The first connection of each client has no ticket.
    private void connect(TlsVersion tls) throws Exception {
        ProbeResult result = Probe.run(ProbeSettings.of(fleet.port(), tls, CONNECTIONS), done -> {});
        assertThat(result.failed()).as(result.toJson()).isZero();
        offered += result.connections() - 1;
        resumed += result.resumed();
    }
}
