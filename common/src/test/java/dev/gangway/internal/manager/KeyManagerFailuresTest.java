package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The manager's threads run until the manager stops, in spite of exceptions, an {@code Error} or an interrupt. */
class KeyManagerFailuresTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TicketPolicy POLICY = TicketPolicy.DEFAULT.withPollInterval(Duration.ofMillis(100));

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
    private final FailingSource source = new FailingSource(keys);
    private final List<Thread> threads = new ArrayList<>();
    private TicketKeyManager manager;
    private KeyUpdater clockwork;

    @AfterEach
    void close() {
        if (clockwork != null) {
            clockwork.close();
        }
        manager.close();
    }

    @Test
    void reload_sourceThrowsAnError_isAFaultLikeAnyOtherAndEnds() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        KeyRing before = manager.ring();
        try (LogCapture log = new LogCapture()) {
            for (Error error : List.of(new InternalError("once"), new NoClassDefFoundError("gone"))) {
                source.error = error;
                manager.reload();
                manager.reload();

                assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);
                assertThat(manager.status().fault()).contains(error.toString());
                assertThat(manager.ring()).isSameAs(before);
            }
            assertThat(log.at(Level.WARNING)).as("once for each").hasSize(2);
        }

        source.error = null;
        manager.reload();

        assertThat(manager.status().state()).isEqualTo(State.SHARING);
    }

    @Test
    void reload_keysWithoutAnActiveOne_isLoggedOnce() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        try (LogCapture log = new LogCapture()) {
            source.set(KeyRotation.DEFAULT.initialKeys(START.plus(Duration.ofDays(1)), RANDOM));
            for (int poll = 0; poll < 3; poll++) {
                clock.advance(POLICY.pollInterval());
                manager.reload();
            }
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("no key is active before 2026-06-02T00:00:00Z");
        }
    }

    @Test
    void reload_managerIsClosedMeanwhile_saysNothingAboutTheSource() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        source.error = new InternalError("its keys are wiped");
        manager.close();
        try (LogCapture log = new LogCapture()) {
            manager.reload();
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void reload_threadIsInterruptedMeanwhile_saysNothingAboutTheSource() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        source.fail("interrupted");
        try (LogCapture log = new LogCapture()) {
            Thread.currentThread().interrupt();
            manager.reload();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(log.at(Level.WARNING)).isEmpty();
            assertThat(manager.status().state()).isEqualTo(State.SHARING);
        }
    }

    @Test
    void reload_sourceThrowsAnErrorAfterItTookTheKeysForGiven_givesThemOnceMore() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        List<TicketKey> others = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
        source.set(others);
        source.errorAfterwards = new InternalError("once");
        manager.reload();
        assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);

        manager.reload();

        assertThat(manager.status().state()).isEqualTo(State.SHARING);
        assertThat(manager.ring().active().orElseThrow().name())
                .isEqualTo(others.get(0).name());
    }

    @Test
    void turn_installationThrowsAnError_isBrokenOthersAreNotAndItEnds() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        AtomicReference<Error> error = new AtomicReference<>();
        RecordingInstallation bad = new RecordingInstallation() {
            @Override
            public void apply(KeyRing ring) throws InstallationException {
                if (error.get() != null) {
                    throw error.get();
                }
                super.apply(ring);
            }
        };
        RecordingInstallation good = new RecordingInstallation();
        manager.register(bad);
        manager.register(good);
        error.set(new NoClassDefFoundError("gone"));
        clock.set(keys.get(1).times().orElseThrow().activateAt());
        try (LogCapture log = new LogCapture()) {
            manager.updateRing();
            manager.updateRing();

            assertThat(good.rings).last().isSameAs(manager.ring());
            assertThat(manager.status().state()).isEqualTo(State.INSTALLATION_BROKEN);
            assertThat(log.at(Level.WARNING)).hasSize(1).allMatch(line -> line.contains("NoClassDefFoundError: gone"));
        }

        error.set(null);
        manager.updateRing();

        assertThat(bad.rings).last().isSameAs(manager.ring());
        assertThat(manager.status().state()).isEqualTo(State.SHARING);
    }

    @Test
    void clockwork_sourceThrowsAnErrorOnce_readsOn() throws Exception {
        start(clock);
        // Not in the other tests, because JUnit itself does not continue after this error.
        source.error = new OutOfMemoryError("once");
        awaitRounds();
        assertThat(manager.status().fault()).contains("java.lang.OutOfMemoryError: once");

        List<TicketKey> others = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
        source.set(others);
        source.error = null;
        awaitRounds();

        assertThat(manager.status().state()).isEqualTo(State.SHARING);
        assertThat(manager.ring().active().orElseThrow().name())
                .isEqualTo(others.get(0).name());
    }

    @Test
    void clockwork_threadIsInterruptedByAStranger_readsOn() throws Exception {
        start(clock);

        threads.forEach(Thread::interrupt);
        awaitRounds();

        assertThat(threads).allMatch(Thread::isAlive);
        assertThat(manager.status().state()).isEqualTo(State.SHARING);
    }

    @Test
    void clockwork_nothingWorksForAWhile_saysSoOnceAndGoesOn() throws Exception {
        CountDownLatch failures = new CountDownLatch(5);
        AtomicReference<Error> error = new AtomicReference<>();
        try (LogCapture log = new LogCapture()) {
            start(() -> {
                Error now = error.get();
                if (now != null && Thread.currentThread().getName().equals("gangway-ring")) {
                    failures.countDown();
                    throw now;
                }
                return START;
            });
            error.set(new NoClassDefFoundError("gone"));
            assertThat(failures.await(2, TimeUnit.MINUTES)).isTrue();

            assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);
            assertThat(manager.status().fault().orElseThrow())
                    .contains("kept up to date", "NoClassDefFoundError: gone");
            assertThat(log.at(Level.SEVERE)).hasSize(1);

            error.set(null);
            awaitRounds();
            assertThat(manager.status().state()).isEqualTo(State.SHARING);
        }
    }

    @Test
    void clockwork_aThreadHasEnded_isNotSharingAndSaysWhich() throws Exception {
        manager = TicketKeyManager.open(source, POLICY, clock);
        List<Thread> ended = new ArrayList<>();
        clockwork = KeyUpdater.start(manager, work -> {
            // The second of the two does nothing.
            Thread thread = new Thread(ended.isEmpty() ? work : () -> {});
            ended.add(thread);
            return thread;
        });
        ended.get(1).join();

        assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);
        assertThat(manager.status().fault().orElseThrow())
                .contains("the thread gangway-ring has ended")
                .contains("restart the server")
                .doesNotContain("gangway-keys");

        manager.close();
        assertThat(manager.status().fault())
                .as("a closed manager does not update its ring")
                .isEmpty();
    }

    @Test
    void close_whateverTheThreadsDo_endsBoth() throws Exception {
        start(clock);
        awaitRounds();

        clockwork.close();

        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private void start(InstantSource instants) throws KeySourceException {
        manager = TicketKeyManager.open(source, POLICY, instants);
        clockwork = KeyUpdater.start(manager, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
    }

    /** Waits until both threads have begun and completed one more round, and so all earlier requests. */
    private void awaitRounds() throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(3);
        RecordingInstallation observer = new RecordingInstallation() {
            @Override
            public void maintain() {
                turned.countDown();
            }
        };
        CountDownLatch read = new CountDownLatch(3);
        source.read = read;
        try {
            manager.register(observer);
        } catch (InstallationException e) {
            throw new AssertionError(e);
        }
        assertThat(turned.await(2, TimeUnit.MINUTES)).as("the ring is updated").isTrue();
        assertThat(read.await(2, TimeUnit.MINUTES)).as("the source is read").isTrue();
        manager.unregister(observer);
    }

    private static final class FailingSource extends FixedSource {
        volatile Error error;
        volatile Error errorAfterwards;
        volatile CountDownLatch read = new CountDownLatch(0);

        FailingSource(List<TicketKey> keys) {
            super(keys);
        }

        @Override
        public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
            read.countDown();
            if (error != null) {
                throw error;
            }
            Optional<Keyset> loaded = super.loadIfChanged(now);
            if (errorAfterwards != null) {
                Error once = errorAfterwards;
                errorAfterwards = null;
                throw once;
            }
            return loaded;
        }
    }
}
