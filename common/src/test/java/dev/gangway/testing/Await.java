package dev.gangway.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a change by another thread or process. Checks it repeatedly, with a time limit that only a fault can exceed,
 * even on a busy machine.
 */
public final class Await {
    /** The time limit. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final long POLL_MILLIS = 20;

    private Await() {}

    /** A condition that becomes true. */
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    /**
     * Returns once {@code condition} holds.
     *
     * @param what describes the condition
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E, InterruptedException {
        if (!comesTrue(condition)) {
            throw new AssertionError("not so after " + TIMEOUT.toSeconds() + " s: " + what);
        }
    }

    /**
     * Returns once {@code condition} holds, or after {@link #TIMEOUT}.
     *
     * @return whether it holds, for an assertion with a better message
     */
    public static <E extends Exception> boolean comesTrue(Condition<E> condition) throws E, InterruptedException {
        return comesTrue(TIMEOUT, condition);
    }

    /** Like {@link #comesTrue(Condition)}, with another time limit. */
    public static <E extends Exception> boolean comesTrue(Duration patience, Condition<E> condition)
            throws E, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Returns once {@code condition} holds because garbage was collected; fails otherwise. */
    public static <E extends Exception> void collected(String what, Condition<E> condition)
            throws E, InterruptedException {
        until(what, () -> {
            System.gc();
            return condition.holds();
        });
    }
}
