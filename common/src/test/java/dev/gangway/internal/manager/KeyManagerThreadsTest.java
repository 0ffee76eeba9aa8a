package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.Await;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two threads while there is no work for a long time. */
class KeyManagerThreadsTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final TicketPolicy POLICY = TicketPolicy.DEFAULT.withPollInterval(Duration.ofMinutes(10));

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private TicketKeyManager manager;

    @BeforeEach
    void open() throws Exception {
        FixedSource source = new FixedSource(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom())) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                reads.incrementAndGet();
                return Optional.of(keyset(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom())));
            }
        };
        manager = TicketKeyManager.open(source, POLICY, new ManualClock(START));
        manager.register(new RecordingInstallation() {
            @Override
            public void maintain() {
                turns.incrementAndGet();
            }
        });
        reads.set(0);
        turns.set(0);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void start_nothingIsDue_bothThreadsRestAndAreDaemons() throws Exception {
        try (KeyUpdater clockwork = KeyUpdater.start(manager, this::thread)) {
            assertThat(clockwork).isNotNull();
            Await.until("both wait, or do not and keep a processor busy", () -> allWait() || isBusy());

            assertThat(isBusy()).isFalse();
            assertThat(threads).hasSize(2).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void close_bothThreadsWaitForLong_endsThemAtOnce() throws Exception {
        KeyUpdater clockwork = KeyUpdater.start(manager, this::thread);
        Await.until("both wait", this::allWait);

        clockwork.close();

        Await.until("both have ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void start_systemHasNoSecondThread_failsAndLeavesNoneAlone() throws Exception {
        ThreadFactory oneOnly = work -> threads.isEmpty()
                ? thread(work)
                : new Thread(work) {
                    @Override
                    public synchronized void start() {
                        throw new InternalError("no thread left");
                    }
                };

        assertThatThrownBy(() -> KeyUpdater.start(manager, oneOnly)).hasMessage("no thread left");

        Await.until("the first has ended", () -> !threads.get(0).isAlive());
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    private boolean allWait() {
        return threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private boolean isBusy() {
        return reads.get() > 0 || turns.get() > 3;
    }
}
