package dev.gangway;

import java.util.Set;

/**
 * Names of the request attributes that describe the handshake of the request's connection, for applications and access
 * logs. All requests of a connection have the same values.
 */
public final class TicketAttributes {
    /** A {@code Boolean}: whether the connection was resumed. */
    public static final String RESUMED = "dev.gangway.resumed";

    /**
     * A {@code String}: the {@link HandshakeOutcome} in lower case with hyphens, such as {@code resumed-active-key}.
     */
    public static final String OUTCOME = "dev.gangway.outcome";

    /**
     * A {@code String}: the first eight hexadecimal digits of the name of the key that sealed the client's ticket, as
     * in logs. Absent if the client offered no ticket, or if the key is unknown.
     */
    public static final String TICKET_KEY = "dev.gangway.ticket_key";

    /**
     * A {@code Long}: seconds from the sealing of the client's ticket to the handshake. Absent if the client offered no
     * ticket, or if the age is unknown.
     */
    public static final String TICKET_AGE = "dev.gangway.ticket_age";

    /**
     * A {@code Long}: seconds from the full handshake that authenticated the client to the handshake of this
     * connection; 0 if this handshake was full. Absent if the age is unknown.
     */
    public static final String AUTHENTICATION_AGE = "dev.gangway.authentication_age";

    /** The names of all attributes. */
    public static final Set<String> NAMES = Set.of(RESUMED, OUTCOME, TICKET_KEY, TICKET_AGE, AUTHENTICATION_AGE);

    private TicketAttributes() {}
}
