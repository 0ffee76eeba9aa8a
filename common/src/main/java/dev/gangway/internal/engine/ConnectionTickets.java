package dev.gangway.internal.engine;

import dev.gangway.internal.wire.OfferedTickets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The session tickets of one connection. Decides, before the TLS engine does, whether the ticket in a ClientHello may
 * be accepted, and how long an issued ticket may be used. Called by one thread at a time.
 */
public interface ConnectionTickets {
    /** For an engine that accepts and issues tickets without restriction. */
    ConnectionTickets NONE = new ConnectionTickets() {};

    /** Why a ticket was refused although a key of this node could open it. */
    enum Refusal {
        /** The ticket lifetime, counted from the session's full handshake, has expired. */
        SESSION_EXPIRED,
        /** The client's certificate has expired, or a full handshake would not accept it now. */
        CERTIFICATE,
        /** The engine's client-auth mode is no longer the one for which its context, and so its scope, was made. */
        CLIENT_AUTH
    }

    /** What the TLS engine has answered so far. */
    interface Answer {
        /** Whether it is certain that this handshake is a full one. */
        boolean isFull();
    }

    /**
     * Called when a ClientHello is complete, before the engine is given its last bytes. There may be
     * a second ClientHello.
     */
    default void onClientHello(OfferedTickets offered) {}

    /** Called when a ClientHello cannot be parsed, before the engine is given its last bytes. */
    default void onUnreadableHello() {}

    /** Called when the engine has consumed the whole ClientHello. */
    default void onClientHelloConsumed() {}

    /**
     * Called when the engine has answered with a ServerHello that is not a HelloRetryRequest. In TLS 1.3 the engine has
     * not issued tickets yet; in TLS 1.2 it may have.
     */
    default void onAnswered() {}

    /**
     * Called before the engine is given another record of a handshake that it has answered.
     *
     * @param length of everything that the client has sent since its hello, including this record
     */
    default void onClientFlight(int length) {}

    /**
     * Called when a handshake is over or can no longer complete, for each handshake of a connection, and at its close.
     */
    default void onHandshakeOver() {}

    /** Why the ticket in the ClientHello was refused; empty if it was accepted, or if the engine itself refused it. */
    default Optional<Refusal> refusal() {
        return Optional.empty();
    }

    /**
     * What sealed the ticket from which the engine resumed.
     *
     * @param ticket the ticket, or its head
     * @param byHead what its head says, which may be taken for a head of another key
     * @return empty if no shared key sealed it
     */
    default Optional<TicketSeal> sealOfResumed(byte[] ticket, Supplier<Optional<TicketSeal>> byHead) {
        return byHead.get();
    }

    /** The time of the full handshake of the session in the accepted or refused ticket. Empty if it is not known. */
    default Optional<Instant> authenticatedAt() {
        return Optional.empty();
    }

    /**
     * The client's certificate chain in the ticket from which the engine resumed, end-entity certificate first, if the
     * engine's own session has only that one. Empty before the handshake is over, and for engines that keep the chain.
     */
    default List<X509Certificate> resumedClientChain() {
        return List.of();
    }

    /** When the accepted or refused ticket was issued. Empty if it is not known. */
    default Optional<Instant> issuedAt() {
        return Optional.empty();
    }
}
