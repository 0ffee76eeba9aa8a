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
 * Calls a {@link TicketKeyManager} when something may be due, from two daemon threads: one asks the source, the other
 * turns the ring. A source that hangs holds up neither the ring nor {@link #close()}.
 *
 * <p>Whatever is thrown, and whoever interrupts, both go on until {@link #close()}: a server lives for months on these two.
 * Should one end all the same, the manager's status says so.
 */
public final class KeyUpdater implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    // After a failure nobody foresaw, so that one that lasts does not keep a processor busy.
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final TicketKeyManager manager;
    private final long pollMillis;
    private final Worker loading;
    private final Worker turning;
    // Released when other keys may have come, whose next change is nearer than the one the turning thread waits for.
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
            // The system has no thread left to give: one alone would be worse than none.
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

    /** Why the keys are not kept up to date, as far as it is the fault of the threads. */
    private Optional<String> fault() {
        String all = Stream.of(loading, turning)
                .flatMap(worker -> worker.fault().stream())
                .collect(Collectors.joining("; also: "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private void load() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(pollMillis);
        manager.reload();
        news.release();
    }

    private void updateRing() throws InterruptedException {
        if (news.tryAcquire(untilNextRingUpdate(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
        manager.updateRing();
    }

    // Never later than one poll interval from now, because a jump of the clock moves the next change.
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
                    // By close(), or by somebody who has no business with this thread: a source's library, say.
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
                String reason = "ticket keys cannot be kept up to date, which is tried again: " + e;
                boolean isNews = !failure.equals(Optional.of(reason));
                failure = Optional.of(reason);
                if (isNews) {
                    LOG.log(Level.ERROR, "Ticket keys cannot be kept up to date; trying again", e);
                }
                TimeUnit.MILLISECONDS.sleep(Math.min(pollMillis, LONGEST_PAUSE_MILLIS));
            } catch (InterruptedException | RuntimeException | Error again) {
                // Of the log, or for want of memory once more: there is nothing left to do but to go on.
            }
        }
    }
}
