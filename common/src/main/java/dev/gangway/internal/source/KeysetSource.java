package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A source of ticket keys. Used by one thread at a time, except where a method says something else; while one is in {@link
 * #awaitNextRead}, another one may be in the other methods.
 */
public interface KeysetSource {
    /**
     * The keys, if they have changed since the last call that returned normally; otherwise empty. The caller owns the
     * keyset and destroys it.
     *
     * @throws KeySourceException if there are no usable keys now; the next call tries again
     */
    Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException;

    /** Called if the last keyset cannot be used now: the next call returns it again even if it has not changed. */
    void forgetLast();

    /**
     * Waits until {@link #loadIfChanged} is due again: for one poll interval, unless the source knows better.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     */
    default void awaitNextRead(Duration pollInterval) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pollInterval.toNanos());
    }

    /** What is known of the store, if the source is one. Called by any thread. */
    default Optional<StoreStatus> storeStatus() {
        return Optional.empty();
    }

    /** Releases what the source holds. Called by any thread. */
    default void close() {}

    /** The name of the source for operators, such as {@code file:/etc/gangway/keys}. Contains no secrets. */
    String describe();
}
