package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.wire.HandshakeReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Concludes the result of one handshake from what was read of it, the ticket that was offered, and the keys. */
final class HandshakeConclusion {
    private static final String NO_PROTOCOL = "none";
    private static final Optional<Duration> JUST_NOW = Optional.of(Duration.ZERO);

    private final ContextObserver context;
    private final ConnectionTickets tickets;
    // Set before the observer makes the result visible to other threads.
    private Instant overAt;

    HandshakeConclusion(ContextObserver context, ConnectionTickets tickets) {
        this.context = context;
        this.tickets = tickets;
    }

    /** The result of a handshake that is over. */
    ObservedHandshake of(HandshakeReader reader, SSLEngine engine) {
        if (!reader.isAnswered()) {
            return notUnderstood(engine);
        }
        String protocol = reader.protocol().orElseThrow();
        Optional<byte[]> ticketHead = reader.ticketHead();
        if (ticketHead.isEmpty()) {
            return reader.isResumed()
                    ? new ObservedHandshake(
                            protocol,
                            HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())
                    : new ObservedHandshake(
                            protocol,
                            HandshakeOutcome.FULL_WITHOUT_TICKET,
                            Optional.empty(),
                            Optional.empty(),
                            JUST_NOW);
        }
        Instant now = context.rules.now();
        overAt = now;
        Optional<TicketSeal> seal = seal(reader, ticketHead.get());
        Optional<Duration> ticketAge =
                tickets.issuedAt().or(() -> seal.flatMap(TicketSeal::sealedAt)).map(sealedAt -> age(sealedAt, now));
        HandshakeOutcome outcome = outcome(reader, ticketHead.get(), seal, now);
        if (outcome == HandshakeOutcome.FULL_UNKNOWN_KEY) {
            context.aheadOfKey.remember(ticketHead.get(), context.rules);
        }
        return new ObservedHandshake(
                protocol,
                outcome,
                seal.map(TicketSeal::key),
                ticketAge,
                outcome.isFull() ? JUST_NOW : authenticatedAt(seal).map(then -> age(then, now)));
    }

    /** The result of a handshake that did not come to an end. */
    static ObservedHandshake failed(HandshakeReader reader) {
        return new ObservedHandshake(
                reader.protocol().orElse(NO_PROTOCOL),
                HandshakeOutcome.FAILED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The result of a handshake that cannot be parsed. */
    static ObservedHandshake notUnderstood(SSLEngine engine) {
        return new ObservedHandshake(
                protocolOf(engine),
                HandshakeOutcome.NOT_UNDERSTOOD,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@code result} with the age of the authentication, if the session of {@code engine} tells it. Reading the session may
     * take longer than everything else here, so it is done only on request.
     */
    ObservedHandshake withAge(ObservedHandshake result, SSLEngine engine) {
        boolean isToldBySession = result.authenticationAge().isEmpty()
                && result.outcome().isResumed()
                && result.key().isPresent()
                && context.engine.resumedSessionKeepsCreationTime();
        return isToldBySession
                ? result.withAuthenticationAge(
                        age(Instant.ofEpochMilli(engine.getSession().getCreationTime()), overAt))
                : result;
    }

    private Optional<TicketSeal> seal(HandshakeReader reader, byte[] ticketHead) {
        return reader.isResumed()
                ? tickets.sealOfResumed(ticketHead, () -> context.rules.sealOf(ticketHead))
                : context.rules.sealOf(ticketHead);
    }

    private HandshakeOutcome outcome(
            HandshakeReader reader, byte[] ticketHead, Optional<TicketSeal> seal, Instant now) {
        if (reader.isResumed()) {
            return context.rules.resumed(seal, now);
        }
        return tickets.refusal().map(context.rules::refused).orElseGet(() -> context.rules.full(ticketHead, seal, now));
    }

    private Optional<Instant> authenticatedAt(Optional<TicketSeal> seal) {
        return tickets.authenticatedAt().or(() -> seal.flatMap(TicketSeal::authenticatedAt));
    }

    // A node whose clock is ahead may have sealed the ticket, so the difference may be negative.
    private static Duration age(Instant then, Instant now) {
        long seconds = Duration.between(then, now).toSeconds();
        return Duration.ofSeconds(Math.max(0, seconds));
    }

    // Names as in Hello.protocol. Tomcat's OpenSSL appends the application protocol: TLSv1.3:TLS.
    private static String protocolOf(SSLEngine engine) {
        String protocol = String.valueOf(engine.getSession().getProtocol()).split(":", 2)[0];
        return switch (protocol) {
            case "TLSv1.2", "TLSv1.3" -> protocol;
            case "TLSv1.1" -> "0x302";
            case "TLSv1" -> "0x301";
            default -> NO_PROTOCOL;
        };
    }
}
