package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyUpdaterTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);

    @Test
    void sourceHangs_ringStillTurnsAndCloseDoesNotWait() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        KeysetSource hangs = new HangingSource(keys, hanging);
        TicketKeyManager manager =
                TicketKeyManager.open(hangs, TicketPolicy.DEFAULT.withPollInterval(Duration.ofMillis(100)), clock);
        CountDownLatch turned = new CountDownLatch(1);
        Installation installation = new RecordingInstallation() {
            @Override
            public void apply(KeyRing ring) throws InstallationException {
                super.apply(ring);
                if (rings.size() == 2) {
                    turned.countDown();
                }
            }
        };
        manager.register(installation);
        KeyUpdater clockwork = KeyUpdater.start(manager);
        assertThat(hanging.await(2, TimeUnit.MINUTES)).isTrue();

        clock.set(keys.get(1).times().orElseThrow().activateAt());

        assertThat(turned.await(2, TimeUnit.MINUTES)).isTrue();
        clockwork.close();
        manager.close();
    }

    @Test
    void newFileWithANearChange_ringTurnsOnTimeAndNotAPollLater() throws Exception {
        Instant now = Instant.now();
        Duration poll = Duration.ofSeconds(5);
        CountDownLatch turned = new CountDownLatch(1);
        FixedSource planned = new FixedSource(ROTATION.initialKeys(now, RANDOM)) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant asked) throws KeySourceException {
                if (Thread.currentThread().getName().equals("gangway-keys")) {
                    // Until the ring is updated at five seconds too; the next update is due at ten.
                    await(turned);
                }
                return super.loadIfChanged(asked);
            }
        };
        TicketKeyManager manager =
                TicketKeyManager.open(planned, TicketPolicy.DEFAULT.withPollInterval(poll), InstantSource.system());
        CountDownLatch switched = new CountDownLatch(3);
        long[] lateness = {-1};
        Instant switchAt = now.plusMillis(5_500);
        Installation installation = new RecordingInstallation() {
            @Override
            public void apply(KeyRing ring) throws InstallationException {
                lateness[0] = Duration.between(switchAt, Instant.now()).toMillis();
                switched.countDown();
            }

            @Override
            public void maintain() {
                turned.countDown();
            }
        };
        manager.register(installation);
        try (KeyUpdater clockwork = KeyUpdater.start(manager)) {
            // Read at five seconds, due half a second later; the next poll is at ten.
            planned.set(ROTATION.withImmediateKey(ROTATION.initialKeys(now, RANDOM), now, switchAt, RANDOM));

            assertThat(switched.await(2, TimeUnit.MINUTES))
                    .as("at start, by the new file, by the clock")
                    .isTrue();
            assertThat(lateness[0]).isBetween(0L, 4_000L);
            assertThat(clockwork).isNotNull();
        }
    }

    @Test
    void nextKeyIsAboutToSealElsewhere_installationsAreTendedThenAndNotAPollLater() throws Exception {
        TicketPolicy policy = TicketPolicy.DEFAULT.withPollInterval(Duration.ofMinutes(10));
        Instant now = Instant.now();
        Instant entry = now.plusSeconds(2);
        Instant takeOver = entry.plus(policy.clockSkew());
        List<TicketKey> nearlyDue = ROTATION.initialKeys(takeOver.minus(ROTATION.period()), RANDOM);
        CountDownLatch tended = new CountDownLatch(1);
        Installation installation = new RecordingInstallation() {
            @Override
            public void maintain() {
                if (!Instant.now().isBefore(entry)) {
                    tended.countDown();
                }
            }
        };
        TicketKeyManager manager = TicketKeyManager.open(new FixedSource(nearlyDue), policy, InstantSource.system());
        manager.register(installation);
        try (KeyUpdater clockwork = KeyUpdater.start(manager)) {
            assertThat(tended.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(clockwork).isNotNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns once, then blocks forever. */
    private record HangingSource(List<TicketKey> keys, CountDownLatch hanging) implements KeysetSource {
        @Override
        public Optional<Keyset> loadIfChanged(Instant now) {
            if (Thread.currentThread().getName().equals("gangway-keys")) {
                hanging.countDown();
                boolean interrupted = false;
                while (!interrupted) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return Optional.empty();
            }
            return Optional.of(FixedSource.keyset(keys));
        }

        @Override
        public void forgetLast() {}

        @Override
        public String describe() {
            return "hanging:";
        }
    }
}
