package dev.gangway;

/**
 * What became of one handshake. Whether it was full or resumed, and which ticket the client offered, is read from the wire;
 * which key sealed that ticket is told by its clear head.
 */
public enum HandshakeOutcome {
    /** Full: the client offered no ticket that this protocol version could use. */
    FULL_WITHOUT_TICKET,
    /** Full: no key that this node has, or had, sealed the ticket. */
    FULL_UNKNOWN_KEY,
    /** Full: the key that sealed the ticket is known, but not accepted before its time. */
    FULL_KEY_NOT_YET_ACCEPTED,
    /** Full: this node had the key once, and has destroyed it. */
    FULL_KEY_DESTROYED,
    /** Full: a key of this node sealed the ticket, for another scope. */
    FULL_OTHER_SCOPE,
    /** Full: the key opens tickets, but the ticket lifetime since the full handshake of the session in it was over. */
    FULL_SESSION_EXPIRED,
    /** Full: the client's certificate in the ticket has ended, or a full handshake would not accept it now. */
    FULL_CERTIFICATE_REFUSED,
    /**
     * Full: the key opens tickets, but the engine did not take this one, for a reason of its own: another server name or
     * cipher suite, a changed ticket, a ticket from a node whose clock is too far ahead.
     */
    FULL_TICKET_REFUSED,
    /** Resumed from a ticket of the active key. */
    RESUMED_ACTIVE_KEY,
    /** Resumed from a ticket of a key that sealed before. */
    RESUMED_PREVIOUS_KEY,
    /** Resumed from a ticket of a key that will seal. */
    RESUMED_NEXT_KEY,
    /** Resumed from a ticket of a key that opens only, and has no times that would tell whether it sealed before. */
    RESUMED_ACCEPT_ONLY_KEY,
    /** Resumed without a shared key: from a random key of the engine's own, or from its session cache. */
    RESUMED_ON_THIS_NODE_ONLY,
    /** Begun by a client that speaks TLS, and not completed. */
    FAILED,
    /** Completed, but the bytes could not be followed. */
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
