package dev.gangway.manager;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls a {@link TicketKeyManager} when something may be due, from two daemon threads: one asks the source, the other
 * turns the ring. A source that hangs holds up neither the ring nor {@link #close()}.
 */
public final class KeyManagerClockwork implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final TicketKeyManager manager;
    private final long pollMillis;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread loading = daemon("gangway-keys", this::untilNextPoll, this::load);
    private final Thread turning = daemon("gangway-ring", this::untilNextChange, this::turn);

    private KeyManagerClockwork(TicketKeyManager manager, Duration pollInterval) {
        this.manager = manager;
        this.pollMillis = pollInterval.toMillis();
    }

    /**
     * @param pollInterval how often the source is asked, from 100 milliseconds to one hour
     * @throws IllegalArgumentException for any other interval
     */
    public static KeyManagerClockwork start(TicketKeyManager manager, Duration pollInterval) {
        if (pollInterval.toMillis() < 100 || pollInterval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "pollInterval " + pollInterval + " is outside 100 milliseconds to 1 hour; use a value such as 10s");
        }
        KeyManagerClockwork clockwork = new KeyManagerClockwork(manager, pollInterval);
        clockwork.loading.start();
        clockwork.turning.start();
        return clockwork;
    }

    /** Stops both threads without waiting for a read that hangs. */
    @Override
    public void close() {
        stopped.countDown();
        loading.interrupt();
        turning.interrupt();
    }

    private void load() {
        manager.reload();
    }

    private void turn() {
        manager.turn();
    }

    private long untilNextPoll() {
        return pollMillis;
    }

    // Never later than one poll interval from now, because a jump of the clock moves the next change.
    private long untilNextChange() {
        Instant now = manager.clock().instant();
        return manager.nextChange()
                .map(change -> Math.max(1, Duration.between(now, change).toMillis() + 1))
                .filter(millis -> millis < pollMillis)
                .orElse(pollMillis);
    }

    private Thread daemon(String name, LongSupplier delayMillis, Runnable work) {
        Thread thread = new Thread(() -> repeat(delayMillis, work), name);
        thread.setDaemon(true);
        return thread;
    }

    private void repeat(LongSupplier delayMillis, Runnable work) {
        try {
            while (!stopped.await(delayMillis.getAsLong(), TimeUnit.MILLISECONDS)) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "Ticket keys could not be brought up to date; trying again", e);
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts: the thread ends.
            Thread.currentThread().interrupt();
        }
    }
}
