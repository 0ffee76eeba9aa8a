package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import java.time.Instant;
import java.util.Optional;

/** Where ticket keys come from. Used by one thread at a time. */
public interface KeysetSource {
    /**
     * The keys, if they are others than at the last call that returned normally; empty if nothing has changed. The
     * caller owns the keyset and destroys it.
     *
     * @throws KeySourceException if there are no usable keys now; the next call tries anew
     */
    Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException;

    /** The keyset last given cannot be used now: the next call gives it again, changed or not. */
    void forgetLast();

    /** How operators know the source, such as {@code file:/etc/gangway/keys}. No secrets. */
    String describe();
}
