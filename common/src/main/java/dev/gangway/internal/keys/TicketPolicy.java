package dev.gangway.internal.keys;

import java.time.Duration;
import java.util.Objects;

/**
 * The ticket lifetime, the tolerated clock skew and the poll interval. {@link KeyLimits} checks whether they fit each
 * other and the keys.
 *
 * @param ticketLifetime how long a ticket may be used after it was sealed, in whole seconds; sent to the client, and
 *     enforced by the server
 * @param clockSkew how far another node's clock may be ahead of this node's
 * @param pollInterval how often this node reads the source
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

    /**
     * How long before a key is activated every node must have its file, so that all nodes have read it by then: poll
     * interval plus clock skew.
     */
    public Duration propagationTime() {
        return pollInterval.plus(clockSkew);
    }

    /** The lifetime in whole seconds, as engines and the protocol use it. */
    public int ticketLifetimeSeconds() {
        return (int) ticketLifetime.toSeconds();
    }
}
