package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The thread that reads the first keys, with a source that blocks until it is interrupted. */
class FirstLoadThreadTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile boolean daemon;

    private final FixedSource hanging = new FixedSource(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom())) {
        @Override
        public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
            daemon = Thread.currentThread().isDaemon();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new KeySourceException("interrupted");
        }
    };

    @Test
    void within_sourceHangs_itsThreadIsADaemonAndInterrupted() throws Exception {
        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofMillis(500), hanging, TicketPolicy.DEFAULT, clock))
                .hasMessageContaining("did not answer within 500ms");

        assertThat(interrupted.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(daemon).isTrue();
    }

    @Test
    void within_callerIsInterrupted_itsThreadIsToo() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofHours(1), hanging, TicketPolicy.DEFAULT, clock))
                .hasMessageContaining("interrupted while the first keys were read");
        assertThat(Thread.interrupted()).isTrue();

        assertThat(interrupted.await(2, TimeUnit.MINUTES)).isTrue();
    }
}
