package dev.gangway.internal.store;

import java.time.Duration;
import java.time.Instant;

/**
 * What a node knows of the store. Contains no secrets.
 *
 * @param store the name of the store, such as {@code jdbc:postgresql://db/fleet}
 * @param documentVersion the version of the document in use
 * @param writtenBy the node or command that wrote it
 * @param writtenAt when it was written
 * @param lastContact when the store last answered; {@link Instant#EPOCH} if it never has
 * @param announcedUntil when the last key of the document retires
 * @param propagationTime how long before that a new key must be in the store, so that every node has it in time
 */
public record StoreStatus(
        String store,
        long documentVersion,
        String writtenBy,
        Instant writtenAt,
        Instant lastContact,
        Instant announcedUntil,
        Duration propagationTime) {
    /** For how long from {@code now} on the store may be unavailable without extra full handshakes. */
    public Duration outageBudget(Instant now) {
        Duration left = Duration.between(now, announcedUntil.minus(propagationTime));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
