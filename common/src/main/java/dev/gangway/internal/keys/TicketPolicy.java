package dev.gangway.internal.keys;

import java.time.Duration;
import java.util.Objects;

/**
 * How long tickets live, how far clocks may differ, and how soon a node notices new keys. Whether these suit one another,
 * and the keys, is what {@link KeyLimits} tells.
 *
 * @param ticketLifetime how long a ticket may be used after it was sealed, in whole seconds: what the client is told and
 *     what the server enforces
 * @param clockSkew how far ahead of this node's clock another node's may be
 * @param pollInterval how often this node asks the source for other keys
 */
public record TicketPolicy(Duration ticketLifetime, Duration clockSkew, Duration pollInterval) {
    /** Six hours of ticket lifetime, one minute of skew, ten seconds between polls. */
    public static final TicketPolicy DEFAULT =
            new TicketPolicy(Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofSeconds(10));

    public TicketPolicy {
        Objects.requireNonNull(ticketLifetime, "ticketLifetime");
        Objects.requireNonNull(clockSkew, "clockSkew");
        Objects.requireNonNull(pollInterval, "pollInterval");
    }

    public static TicketPolicy ofLifetime(Duration ticketLifetime) {
        return new TicketPolicy(ticketLifetime, DEFAULT.clockSkew, DEFAULT.pollInterval);
    }

    public TicketPolicy withPollInterval(Duration newPollInterval) {
        return new TicketPolicy(ticketLifetime, clockSkew, newPollInterval);
    }

    /** How long before a key seals every node must have its file, so that all have read it by then: poll and skew. */
    public Duration notice() {
        return pollInterval.plus(clockSkew);
    }

    /** The lifetime in whole seconds, as engines and the wire count it. */
    public int ticketLifetimeSeconds() {
        return (int) ticketLifetime.toSeconds();
    }
}
