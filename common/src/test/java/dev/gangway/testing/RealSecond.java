package dev.gangway.testing;

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
}
