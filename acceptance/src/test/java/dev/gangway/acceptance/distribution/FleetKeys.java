package dev.gangway.acceptance.distribution;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Ticket keys as {@code keys new} makes them. */
final class FleetKeys {
    /** The setting {@code pollInterval} of the nodes. */
    static final String POLL_INTERVAL = "200ms";

    private static final SecureRandom RANDOM = new SecureRandom();

    private FleetKeys() {}

    static List<TicketKey> fresh() {
        return KeyRotation.DEFAULT.initialKeys(Instant.now(), RANDOM);
    }
}
