package dev.gangway.engine;

import dev.gangway.keys.KeyName;
import java.time.Instant;
import java.util.Optional;

/**
 * What the clear head of a ticket tells. It is not authenticated: whoever has seen a ticket can put its head on another.
 *
 * @param key the name of the key that sealed it, as its source calls it
 * @param sealedAt the second of sealing; empty if tickets of this engine do not tell
 */
public record TicketSeal(KeyName key, Optional<Instant> sealedAt) {}
