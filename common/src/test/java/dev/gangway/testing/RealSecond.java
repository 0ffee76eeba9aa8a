package dev.gangway.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** A second of the real clock, for times that native TLS counts in whole seconds. */
public final class RealSecond {
    private RealSecond() {}

    /** The result of {@code attempt}, which is repeated until it begins and ends within one second. */
    public static <T> T within(Callable<T> attempt) throws Exception {
        T result;
        long before;
        do {
            before = Instant.now().getEpochSecond();
            result = attempt.call();
        } while (before != Instant.now().getEpochSecond());
        return result;
    }

    /** Returns once the real clock has reached {@code instant}, for native TLS, which has no injectable clock. */
    public static void reach(Instant instant) throws InterruptedException {
        while (Instant.now().isBefore(instant)) {
            Thread.sleep(Math.max(1, Duration.between(Instant.now(), instant).toMillis()));
        }
    }
}
