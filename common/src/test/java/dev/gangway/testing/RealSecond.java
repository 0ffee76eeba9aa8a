package dev.gangway.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** A second of the real clock, for what native TLS counts in whole ones. */
public final class RealSecond {
    private RealSecond() {}

    /** What {@code attempt} gives, once it has begun and ended within one second; it is made again until then. */
    public static <T> T within(Callable<T> attempt) throws Exception {
        T result;
        long before;
        do {
            before = Instant.now().getEpochSecond();
            result = attempt.call();
        } while (before != Instant.now().getEpochSecond());
        return result;
    }

    /** Returns once the real clock has reached {@code instant}: for what native TLS, which no test gives a clock, decides. */
    public static void reach(Instant instant) throws InterruptedException {
        while (Instant.now().isBefore(instant)) {
            Thread.sleep(Math.max(1, Duration.between(Instant.now(), instant).toMillis()));
        }
    }
}
