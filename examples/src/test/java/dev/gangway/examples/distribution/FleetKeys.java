package dev.gangway.examples.distribution;

import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.TicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Ticket keys as {@code keys new} makes them. */
final class FleetKeys {
    /** How often the nodes read their key files: {@code pollInterval}. */
    static final String POLL_INTERVAL = "200ms";

    private static final SecureRandom RANDOM = new SecureRandom();

    private FleetKeys() {}

    static List<TicketKey> fresh() {
        return KeyRotation.DEFAULT.first(Instant.now(), RANDOM);
    }
}
