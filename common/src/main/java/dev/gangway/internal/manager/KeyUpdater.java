package dev.gangway.internal.manager;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls a {@link TicketKeyManager} when an update may be due, from two daemon threads: one reads the source, the other
 * updates the ring. A source that hangs delays neither the ring nor {@link #close()}.
 *
 * <p>After any exception or interrupt both threads continue until {@link #close()}, because a server depends on them
 * for months. If one ends nevertheless, the manager's status reports it.
 */
public final class KeyUpdater implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    // The longest pause after an unexpected failure, so that a lasting failure does not keep a processor busy.
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final TicketKeyManager manager;
    private final long pollMillis;
    private final Worker loading;
    private final Worker turning;
    // Released after each read: new keys may have a next change earlier than the one the ring thread waits for.
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;

    private KeyUpdater(TicketKeyManager manager, ThreadFactory threads) {
        this.manager = manager;
        this.pollMillis = manager.policy().pollInterval().toMillis();
        this.loading = new Worker("gangway-keys", this::load, threads);
        this.turning = new Worker("gangway-ring", this::updateRing, threads);
    }

    public static KeyUpdater start(TicketKeyManager manager) {
        return start(manager, Thread::new);
    }

    static KeyUpdater start(TicketKeyManager manager, ThreadFactory threads) {
        KeyUpdater clockwork = new KeyUpdater(manager, threads);
        manager.reportUpdaterFaults(clockwork::fault);
        try {
            clockwork.loading.thread.start();
            clockwork.turning.thread.start();
        } catch (Error e) {
            // No more threads can be started, and one thread alone would not keep the keys up to date.
            clockwork.close();
            throw e;
        }
        return clockwork;
    }

    /** Stops both threads without waiting for a read that hangs. */
    @Override
    public void close() {
        stopped = true;
        loading.thread.interrupt();
        turning.thread.interrupt();
    }

    /** Why the threads do not keep the keys up to date, if they do not. */
    private Optional<String> fault() {
        String all = Stream.of(loading, turning)
                .flatMap(worker -> worker.fault().stream())
                .collect(Collectors.joining("; also: "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private void load() throws InterruptedException {
        manager.awaitNextRead();
        manager.reload();
        news.release();
    }

    private void updateRing() throws InterruptedException {
        if (news.tryAcquire(untilNextRingUpdate(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
        manager.updateRing();
    }

    // At most one poll interval, because a change of the clock changes the time until the next update.
    private long untilNextRingUpdate() {
        Instant now = manager.clock().instant();
        return manager.nextRingUpdate()
                .map(change -> Math.max(1, Duration.between(now, change).toMillis() + 1))
                .filter(millis -> millis < pollMillis)
                .orElse(pollMillis);
    }

    private interface Round {
        void run() throws InterruptedException;
    }

    private final class Worker implements Runnable {
        private final Round round;
        private final Thread thread;
        private volatile Optional<String> failure = Optional.empty();

        Worker(String name, Round round, ThreadFactory threads) {
            this.round = round;
            this.thread = threads.newThread(this);
            thread.setName(name);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            while (!stopped) {
                try {
                    round.run();
                    recovered();
                } catch (InterruptedException e) {
                    // By close(), or by other code, such as a library of the source, which must not end this thread.
                } catch (RuntimeException | Error e) {
                    survive(e);
                }
            }
        }

        Optional<String> fault() {
            return thread.isAlive()
                    ? failure
                    : Optional.of("the thread " + thread.getName()
                            + " has ended, so ticket keys are not kept up to date; restart the server");
        }

        private void recovered() {
            if (failure.isPresent()) {
                failure = Optional.empty();
                LOG.log(Level.INFO, "Ticket keys are kept up to date again");
            }
        }

        private void survive(Throwable e) {
            try {
                String reason = "ticket keys cannot be kept up to date; trying again: " + e;
                boolean isNews = !failure.equals(Optional.of(reason));
                failure = Optional.of(reason);
                if (isNews) {
                    LOG.log(Level.ERROR, "Ticket keys cannot be kept up to date; trying again", e);
                }
                TimeUnit.MILLISECONDS.sleep(Math.min(pollMillis, LONGEST_PAUSE_MILLIS));
            } catch (InterruptedException | RuntimeException | Error again) {
                // Logging failed, or memory ran out again: the thread continues.
            }
        }
    }
}
