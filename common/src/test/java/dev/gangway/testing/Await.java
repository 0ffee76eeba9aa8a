package dev.gangway.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for what another thread or process brings about: looked for again and again, for so long that only a fault can keep
 * it from happening, even on a machine with much else to do.
 */
public final class Await {
    /** How long. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final long POLL_MILLIS = 20;

    private Await() {}

    /** Something that is true at last, or throws. */
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    /**
     * Returns once {@code condition} holds.
     *
     * @param what is to be true then
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E, InterruptedException {
        if (!comesTrue(condition)) {
            throw new AssertionError("not so after " + TIMEOUT.toSeconds() + " s: " + what);
        }
    }

    /**
     * Returns once {@code condition} holds, or after {@link #TIMEOUT}.
     *
     * @return whether it holds, for an assertion that tells more
     */
    public static <E extends Exception> boolean comesTrue(Condition<E> condition) throws E, InterruptedException {
        return comesTrue(TIMEOUT, condition);
    }

    /** As {@link #comesTrue(Condition)}, with other patience. */
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
