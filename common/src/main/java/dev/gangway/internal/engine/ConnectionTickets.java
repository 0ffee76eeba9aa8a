package dev.gangway.internal.engine;

import dev.gangway.internal.wire.OfferedTickets;
import java.time.Instant;
import java.util.Optional;

/**
 * The session tickets of one connection: decides, before the TLS engine does, whether the ticket in a ClientHello may be taken,
 * and knows how long one that is issued may be used. Called by one thread at a time.
 */
public interface ConnectionTickets {
    /** Of an engine that takes and issues tickets as it likes. */
    ConnectionTickets NONE = new ConnectionTickets() {};

    /** Why a ticket was not taken that a key of this node could open. */
    enum Refusal {
        /** The ticket lifetime since the session's full handshake is over. */
        SESSION_EXPIRED,
        /** The client's certificate has ended, or a full handshake would not accept it now. */
        CERTIFICATE,
        /** The engine's client-auth mode is no longer the one that its context, and so its scope, was made for. */
        CLIENT_AUTH
    }

    /**
     * What the TLS engine has answered so far.
     *
     * @see ConnectionTickets#NONE
     */
    interface Answer {
        /** Whether it is certain that this handshake is a full one. */
        boolean isFull();
    }

    /** A ClientHello is complete, and the engine has yet to be given the last of its bytes. There may be a second one. */
    default void onClientHello(OfferedTickets offered) {}

    /** There is a ClientHello that cannot be read, and the engine has yet to be given the last of its bytes. */
    default void onUnreadableHello() {}

    /** The engine has taken the whole ClientHello. */
    default void onHelloTaken() {}

    /**
     * The engine has answered with the ServerHello that counts. In TLS 1.3 it has yet to issue tickets; in TLS 1.2 it may have.
     */
    default void onAnswered() {}

    /** A handshake is over, or will never be. Called for each handshake of a connection, and when it is closed. */
    default void onHandshakeOver() {}

    /** Why the ticket in the ClientHello was not taken; empty if it was, or for reasons of the engine's own. */
    default Optional<Refusal> refusal() {
        return Optional.empty();
    }

    /** When the session in the ticket that was taken, or refused, began: its full handshake. Empty if it is not known. */
    default Optional<Instant> authenticatedAt() {
        return Optional.empty();
    }

    /** When the ticket that was taken, or refused, was issued. Empty if it is not known. */
    default Optional<Instant> issuedAt() {
        return Optional.empty();
    }
}
