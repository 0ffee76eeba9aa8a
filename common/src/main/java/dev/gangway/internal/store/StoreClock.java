package dev.gangway.internal.store;

import dev.gangway.KeysetStoreException;
import dev.gangway.internal.keys.Durations;
import java.time.Duration;
import java.time.Instant;

/** Compares the store's clock with that of this machine: a wrong one could make keys too early or too late for all nodes. */
final class StoreClock {
    private StoreClock() {}

    /** @throws KeysetStoreException if the clocks differ by more than {@code skew} */
    static void requireSame(Instant store, Instant machine, Duration skew) throws KeysetStoreException {
        Duration difference = Duration.between(store, machine);
        if (difference.abs().compareTo(skew) > 0) {
            // Without the difference, which changes: a server logs a reason again if its text changes.
            throw new KeysetStoreException("the clock of this node is more than " + Durations.format(skew)
                    + (difference.isNegative() ? " behind" : " ahead of")
                    + " the store's; correct the one that is wrong");
        }
    }
}
