package dev.gangway.internal.engine;

import dev.gangway.internal.keys.KeyName;
import java.time.Instant;
import java.util.Optional;

/**
 * The content of a ticket's cleartext head. It is not authenticated: anyone who has seen a ticket can put its head
 * on another one.
 *
 * @param key the name of the key that sealed it, as given by the key's source
 * @param endsAt the second from which its session is no longer resumed; empty if tickets of this engine do not show it
 * @param authenticatedAt the second of the session's full handshake; empty if tickets of this engine do not show it
 * @param sealedAt the second of sealing; empty if tickets of this engine do not show it
 */
public record TicketSeal(
        KeyName key, Optional<Instant> endsAt, Optional<Instant> authenticatedAt, Optional<Instant> sealedAt) {
    /** For a ticket whose head shows nothing else. */
    public static TicketSeal of(KeyName key) {
        return new TicketSeal(key, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
