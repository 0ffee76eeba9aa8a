package dev.gangway.keys;

import java.time.Duration;

/**
 * How long tickets live and how far clocks may differ.
 *
 * @param ticketLifetime how long a ticket may be used after it was sealed: what the client is told and what the server
 *     enforces, in whole seconds, from one second to seven days (RFC 8446 section 4.6.1)
 * @param clockSkew how far ahead of this node's clock another node's may be
 */
public record TicketPolicy(Duration ticketLifetime, Duration clockSkew) {
    private static final Duration MAX_TICKET_LIFETIME = Duration.ofDays(7);

    /** Six hours of ticket lifetime, one minute of skew. */
    public static final TicketPolicy DEFAULT = new TicketPolicy(Duration.ofHours(6), Duration.ofMinutes(1));

    /** @throws IllegalArgumentException naming the setting, its value and its limit */
    public TicketPolicy {
        if (ticketLifetime.compareTo(Duration.ofSeconds(1)) < 0 || ticketLifetime.compareTo(MAX_TICKET_LIFETIME) > 0) {
            throw new IllegalArgumentException("ticketLifetime " + ticketLifetime
                    + " is outside 1 second to 7 days (RFC 8446 section 4.6.1); use a value such as 6h");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("clockSkew " + clockSkew + " is outside 0 to 1 hour");
        }
    }

    public static TicketPolicy ofLifetime(Duration ticketLifetime) {
        return new TicketPolicy(ticketLifetime, DEFAULT.clockSkew());
    }

    /** The lifetime in whole seconds, as engines and the wire count it. */
    public int ticketLifetimeSeconds() {
        return (int) ticketLifetime.toSeconds();
    }
}
