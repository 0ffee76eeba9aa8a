package dev.gangway;

/**
 * The result of one handshake. Whether it was full or resumed, and which ticket the client offered, is read from the
 * bytes on the connection; the unencrypted start of the ticket identifies the key that sealed it.
 */
public enum HandshakeOutcome {
    /** Full: the client offered no ticket that this protocol version could use. */
    FULL_WITHOUT_TICKET,
    /** Full: the ticket was not sealed with a key that this node has or had. */
    FULL_UNKNOWN_KEY,
    /** Full: the key that sealed the ticket is known, but its accept-from time has not been reached. */
    FULL_KEY_NOT_YET_ACCEPTED,
    /** Full: this node had the key that sealed the ticket, and has destroyed it. */
    FULL_KEY_DESTROYED,
    /** Full: the ticket was sealed with a key of this node, but for another scope. */
    FULL_OTHER_SCOPE,
    /**
     * Full: the key is accepted, but the session in the ticket is older than the ticket lifetime, counted from its full
     * handshake.
     */
    FULL_SESSION_EXPIRED,
    /** Full: the client's certificate in the ticket has expired, or a full handshake would not accept it now. */
    FULL_CERTIFICATE_REFUSED,
    /**
     * Full: the key is accepted, but the engine refused this ticket for a reason of its own: another server name or
     * cipher suite, a changed ticket, or a ticket from a node whose clock is too far ahead.
     */
    FULL_TICKET_REFUSED,
    /** Resumed with a ticket of the active key. */
    RESUMED_ACTIVE_KEY,
    /** Resumed with a ticket of a previous key, which no longer seals. */
    RESUMED_PREVIOUS_KEY,
    /** Resumed with a ticket of a next key, which does not seal on this node yet. */
    RESUMED_NEXT_KEY,
    /**
     * Resumed with a ticket of an accept-only key without times, so it is unknown whether that is a previous or a next
     * key.
     */
    RESUMED_ACCEPT_ONLY_KEY,
    /** Resumed without a shared key: with a random key of the engine's own, or from its session cache. */
    RESUMED_ON_THIS_NODE_ONLY,
    /** A client that speaks TLS began the handshake, and it was not completed. */
    FAILED,
    /** The handshake was completed, but the observer could not parse its bytes. */
    NOT_UNDERSTOOD;

    /** Whether the server resumed a session. */
    public boolean isResumed() {
        return name().startsWith("RESUMED");
    }

    /** Whether the server did a full handshake. */
    public boolean isFull() {
        return name().startsWith("FULL");
    }
}
