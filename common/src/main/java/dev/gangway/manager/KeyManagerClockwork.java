package dev.gangway.manager;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Calls a {@link TicketKeyManager} when something may be due, from two daemon threads: one asks the source, the other
 * turns the ring. A source that hangs holds up neither the ring nor {@link #close()}.
 */
public final class KeyManagerClockwork implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final TicketKeyManager manager;
    private final long pollMillis;
    private final Thread loading = daemon("gangway-keys", this::loadForever);
    private final Thread turning = daemon("gangway-ring", this::turnForever);
    // Released when other keys may have come, whose next change is nearer than the one the turning thread waits for.
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;

    private KeyManagerClockwork(TicketKeyManager manager) {
        this.manager = manager;
        this.pollMillis = manager.policy().pollInterval().toMillis();
    }

    public static KeyManagerClockwork start(TicketKeyManager manager) {
        KeyManagerClockwork clockwork = new KeyManagerClockwork(manager);
        clockwork.loading.start();
        clockwork.turning.start();
        return clockwork;
    }

    /** Stops both threads without waiting for a read that hangs. */
    @Override
    public void close() {
        stopped = true;
        loading.interrupt();
        turning.interrupt();
    }

    private void loadForever() {
        try {
            while (!stopped) {
                TimeUnit.MILLISECONDS.sleep(pollMillis);
                keepGoing(manager::reload);
                news.release();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts: the thread ends.
            Thread.currentThread().interrupt();
        }
    }

    private void turnForever() {
        try {
            while (!stopped) {
                if (news.tryAcquire(untilNextChange(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
                keepGoing(manager::turn);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Never later than one poll interval from now, because a jump of the clock moves the next change.
    private long untilNextChange() {
        Instant now = manager.clock().instant();
        return manager.nextChange()
                .map(change -> Math.max(1, Duration.between(now, change).toMillis() + 1))
                .filter(millis -> millis < pollMillis)
                .orElse(pollMillis);
    }

    private static void keepGoing(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Ticket keys could not be brought up to date; trying again", e);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
