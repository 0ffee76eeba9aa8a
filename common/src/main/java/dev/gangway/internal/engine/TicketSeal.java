package dev.gangway.internal.engine;

import dev.gangway.internal.keys.KeyName;
import java.time.Instant;
import java.util.Optional;

/**
 * What the clear head of a ticket tells. It is not authenticated: whoever has seen a ticket can put its head on another.
 *
 * @param key the name of the key that sealed it, as its source calls it
 * @param endsAt the second from which the session in it is not resumed any more; empty if tickets of this engine do not tell
 * @param authenticatedAt the second of the session's full handshake; empty if tickets of this engine do not tell
 * @param sealedAt the second of sealing; empty if tickets of this engine do not tell
 */
public record TicketSeal(
        KeyName key, Optional<Instant> endsAt, Optional<Instant> authenticatedAt, Optional<Instant> sealedAt) {
    /** Of a ticket that tells nothing else. */
    public static TicketSeal of(KeyName key) {
        return new TicketSeal(key, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
