package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FirstLoadTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final FixedSource good = new FixedSource(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom()));

    @Test
    void within_sourceAnswers_opensTheManager() throws Exception {
        try (TicketKeyManager manager =
                FirstLoad.openWithin(Duration.ofMinutes(2), good, TicketPolicy.DEFAULT, clock)) {
            assertThat(manager.ring().active()).isPresent();
        }
    }

    @Test
    void within_sourceHangs_isRefusedInTimeAndKeysThatComeTooLateAreWiped() throws Exception {
        CountDownLatch diskIsBack = new CountDownLatch(1);
        CountDownLatch wiped = new CountDownLatch(1);
        SlowSource slow = new SlowSource(good, diskIsBack, wiped);

        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofMillis(200), slow, TicketPolicy.DEFAULT, clock))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("slow:")
                .hasMessageContaining("did not answer within 200ms");

        diskIsBack.countDown();
        wiped.await();
    }

    @Test
    void within_sourceIsRefused_saysWhy() {
        good.fail("the file is not there");

        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofMinutes(2), good, TicketPolicy.DEFAULT, clock))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("the file is not there");
    }

    @Test
    void within_sourceBreaks_namesSourceAndCause() {
        KeysetSource broken = new SlowSource(good, new CountDownLatch(0), new CountDownLatch(0)) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                throw new IllegalStateException("no memory for that");
            }
        };

        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofMinutes(2), broken, TicketPolicy.DEFAULT, clock))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("slow:")
                .hasMessageContaining("no memory for that");
    }

    @Test
    void within_sourceThrowsAnError_doesNotWaitForPatienceToEnd() {
        KeysetSource broken = new SlowSource(good, new CountDownLatch(0), new CountDownLatch(0)) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                throw new NoClassDefFoundError("gone");
            }
        };

        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofHours(1), broken, TicketPolicy.DEFAULT, clock))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("NoClassDefFoundError: gone");
    }

    @Test
    void within_callerIsInterrupted_endsAtOnceAndStaysInterrupted() throws Exception {
        SlowSource slow = new SlowSource(good, new CountDownLatch(1), new CountDownLatch(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> FirstLoad.openWithin(Duration.ofHours(1), slow, TicketPolicy.DEFAULT, clock))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Returns once the latch is open and ignores interrupts, like a read from a network mount that does not answer. */
    private static class SlowSource implements KeysetSource {
        private final KeysetSource answer;
        private final CountDownLatch open;
        private final CountDownLatch wiped;

        SlowSource(KeysetSource answer, CountDownLatch open, CountDownLatch wiped) {
            this.answer = answer;
            this.open = open;
            this.wiped = wiped;
        }

        @Override
        public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
            boolean isOpen = false;
            while (!isOpen) {
                try {
                    open.await();
                    isOpen = true;
                } catch (InterruptedException e) {
                    // A read from such a mount ignores interrupts too.
                    Thread.interrupted();
                }
            }
            Keyset keyset = answer.loadIfChanged(now).orElseThrow();
            tellWhenWiped(keyset);
            return Optional.of(keyset);
        }

        private void tellWhenWiped(Keyset keyset) {
            Thread waiter = new Thread(() -> {
                while (!keyset.keys().get(0).secret().isDestroyed()) {
                    Thread.onSpinWait();
                }
                wiped.countDown();
            });
            waiter.setDaemon(true);
            waiter.start();
        }

        @Override
        public void forgetLast() {}

        @Override
        public String describe() {
            return "slow:";
        }
    }
}
