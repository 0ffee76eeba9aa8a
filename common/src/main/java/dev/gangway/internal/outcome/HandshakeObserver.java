package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.wire.HandshakeReader;
import dev.gangway.internal.wire.OfferedTickets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/**
 * Observes the first handshake of one connection, and counts what became of it. Later ones (renegotiations) are not looked at.
 * Whatever goes wrong in here, the handshake goes on.
 */
public final class HandshakeObserver implements ObservedSslEngine.Observer {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final String NO_PROTOCOL = "none";
    private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";
    private static final Optional<Duration> JUST_NOW = Optional.of(Duration.ZERO);

    private final ContextObserver context;
    private final ConnectionTickets tickets;
    // Null once nothing more is to be seen: it holds the client's hello, and the connection may live long.
    private HandshakeReader tap;
    private boolean isLost;
    // Bytes of the client's hello that have been read, and that the engine has yet to take.
    private int readAhead;
    private boolean helloIsNew;
    private boolean isAnswered;
    // Whether it is certain that the handshake is a full one.
    private volatile boolean isFull;
    // Written before seen, which is volatile.
    private Instant overAt;
    private volatile ObservedHandshake seen;

    HandshakeObserver(ContextObserver context, SSLEngine server) {
        this.context = context;
        this.tap = new HandshakeReader(this::onClientHello);
        this.tickets = context.tickets(server, this::isFull);
    }

    @Override
    public ConnectionTickets tickets() {
        return tickets;
    }

    private void onClientHello(OfferedTickets offered) {
        tickets.onClientHello(offered);
        helloIsNew = true;
    }

    // Asked by an engine in the middle of a call, when it holds locks of its own: so without a lock here.
    private boolean isFull() {
        return isFull;
    }

    /** What became of the handshake; empty until it is over. */
    public Optional<ObservedHandshake> seen() {
        return Optional.ofNullable(seen);
    }

    /** What became of the handshake of {@code engine}; empty if nobody observes it, or it is not over. */
    public static Optional<ObservedHandshake> of(SSLEngine engine) {
        return engine instanceof ObservedSslEngine observed && observed.observer() instanceof HandshakeObserver observer
                ? observer.seen().map(seen -> observer.withAge(seen, observed.own()))
                : Optional.empty();
    }

    // Asking a session may take longer than all the rest, so it is done for those who want to know.
    private ObservedHandshake withAge(ObservedHandshake seen, SSLEngine engine) {
        boolean isToldBySession = seen.authenticationAge().isEmpty()
                && seen.outcome().isResumed()
                && seen.key().isPresent()
                && context.engine.resumedSessionKeepsCreationTime();
        return isToldBySession
                ? seen.withAuthenticationAge(
                        age(Instant.ofEpochMilli(engine.getSession().getCreationTime()), overAt))
                : seen;
    }

    // A decision on the ticket is of use only before the engine has seen it.
    @Override
    public synchronized void receiving(ByteBuffer bytes) {
        int from = bytes.position() + readAhead;
        int length = bytes.limit() - from;
        if (seen == null && canRead(length)) {
            try {
                readAhead += tap.helloFromClient(bytes, from, length);
            } catch (RuntimeException e) {
                lose(e);
            }
        }
    }

    @Override
    public synchronized boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        if (seen == null) {
            readClient(bytes, from, result.bytesConsumed());
        }
        return goOn(tap != null && proceed(isFinished(result), result.bytesProduced() > 0, engine));
    }

    @Override
    public synchronized boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        boolean withData = result.bytesConsumed() > 0;
        readServer(bytes, from, result.bytesProduced(), withData);
        // A ticket comes with the first data, or before it.
        return goOn(tap != null && proceed(isFinished(result), withData, engine) && !withData);
    }

    @Override
    public synchronized boolean finished(SSLEngine engine) {
        return goOn(tap != null && proceed(true, false, engine));
    }

    // Engines that do all at once take the client's hello and refuse it in one call.
    @Override
    public synchronized boolean failed(ByteBuffer bytes, int from, int length) {
        if (seen == null) {
            readClient(bytes, from, length);
        }
        return ended();
    }

    @Override
    public synchronized boolean ended() {
        if (seen != null) {
            // BoringSSL keeps a ticket back until there is something else to send, be it the closing alert.
            return goOn(mayBringNewTicket());
        }
        if (tap != null && tap.hasBegun()) {
            ObservedHandshake failure = new ObservedHandshake(
                    tap.protocol().orElse(NO_PROTOCOL),
                    HandshakeOutcome.FAILED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            settle(failure);
        }
        return goOn(false);
    }

    private boolean goOn(boolean isWorthIt) {
        if (!isWorthIt) {
            tap = null;
        }
        return isWorthIt;
    }

    private void readClient(ByteBuffer bytes, int from, int length) {
        int known = Math.min(readAhead, length);
        readAhead -= known;
        if (helloIsNew && readAhead == 0) {
            helloIsNew = false;
            tickets.onHelloTaken();
        }
        if (canRead(length - known)) {
            try {
                tap.fromClient(bytes, from + known, length - known);
            } catch (RuntimeException e) {
                lose(e);
            }
        }
    }

    private void readServer(ByteBuffer bytes, int from, int length, boolean withData) {
        if (canRead(length)) {
            try {
                tap.fromServer(bytes, from, length, withData);
                if (!isFull && tap.isAnswered() && !tap.isResumed()) {
                    isFull = true;
                }
                if (!isAnswered && tap.isAnswered()) {
                    isAnswered = true;
                    tickets.onAnswered();
                }
            } catch (RuntimeException e) {
                lose(e);
            }
        }
    }

    private boolean canRead(int length) {
        return length > 0 && tap != null && !isLost;
    }

    private void lose(RuntimeException e) {
        isLost = true;
        if (seen == null) {
            tickets.onUnreadableHello();
        }
        LOG.log(Level.DEBUG, "A handshake cannot be followed", e);
    }

    private static boolean isFinished(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    // Data cannot flow before the handshake is over, even if nobody was told. And Tomcat's OpenSSL calls a handshake
    // finished that failed before the server had an answer.
    private boolean proceed(boolean isSaidToBeFinished, boolean dataFlows, SSLEngine engine) {
        boolean isOver = dataFlows || (isSaidToBeFinished && (isLost ? hasSession(engine) : tap.isAnswered()));
        return (!isOver && seen == null) || proceed(engine);
    }

    private boolean proceed(SSLEngine engine) {
        if (seen == null) {
            try {
                settle(conclude(engine));
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "A handshake cannot be understood", e);
                settle(notUnderstood(engine));
            }
            tap.forgetClient();
            tickets.onHandshakeOver();
            context.engine.issueNoMoreTickets(engine);
        }
        if (!isLost && tap.hasNewTicket()) {
            context.tally.countNewTicket(seen.protocol());
            return false;
        }
        return mayBringNewTicket();
    }

    private void settle(ObservedHandshake result) {
        context.tally.count(result.protocol(), result.outcome());
        seen = result;
    }

    private boolean mayBringNewTicket() {
        return tap != null && !isLost && tap.awaitsNewTicket();
    }

    private ObservedHandshake conclude(SSLEngine engine) {
        if (isLost || !tap.isAnswered()) {
            return notUnderstood(engine);
        }
        String protocol = tap.protocol().orElseThrow();
        Optional<byte[]> ticketHead = tap.ticketHead();
        if (ticketHead.isEmpty()) {
            return tap.isResumed()
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
        Instant now = context.rule.now();
        overAt = now;
        Optional<TicketSeal> seal = context.rule.sealOf(ticketHead.get());
        Optional<Duration> ticketAge =
                tickets.issuedAt().or(() -> seal.flatMap(TicketSeal::sealedAt)).map(sealedAt -> age(sealedAt, now));
        HandshakeOutcome outcome = outcome(ticketHead.get(), seal, now);
        if (outcome == HandshakeOutcome.FULL_UNKNOWN_KEY) {
            context.aheadOfKey.remember(ticketHead.get(), context.rule);
        }
        return new ObservedHandshake(
                protocol,
                outcome,
                seal.map(TicketSeal::key),
                ticketAge,
                outcome.isFull() ? JUST_NOW : authenticatedAt(seal).map(then -> age(then, now)));
    }

    private HandshakeOutcome outcome(byte[] ticketHead, Optional<TicketSeal> seal, Instant now) {
        if (tap.isResumed()) {
            return context.rule.resumed(seal, now);
        }
        return tickets.refusal().map(context.rule::refused).orElseGet(() -> context.rule.full(ticketHead, seal, now));
    }

    private Optional<Instant> authenticatedAt(Optional<TicketSeal> seal) {
        return tickets.authenticatedAt().or(() -> seal.flatMap(TicketSeal::authenticatedAt));
    }

    // A node whose clock is ahead may have sealed it.
    private static Duration age(Instant then, Instant now) {
        long seconds = Duration.between(then, now).toSeconds();
        return Duration.ofSeconds(Math.max(0, seconds));
    }

    // OpenSSL in Tomcat has no name for the cipher suite of a handshake that failed, others have that of no suite.
    private static boolean hasSession(SSLEngine engine) {
        String cipherSuite = engine.getSession().getCipherSuite();
        return cipherSuite != null && !cipherSuite.equals(NO_CIPHER_SUITE);
    }

    // As Hello.protocol names them. OpenSSL in Tomcat puts the application's protocol behind it: TLSv1.3:TLS.
    private static String protocolOf(SSLEngine engine) {
        String protocol = String.valueOf(engine.getSession().getProtocol()).split(":", 2)[0];
        return switch (protocol) {
            case "TLSv1.2", "TLSv1.3" -> protocol;
            case "TLSv1.1" -> "0x302";
            case "TLSv1" -> "0x301";
            default -> NO_PROTOCOL;
        };
    }

    private static ObservedHandshake notUnderstood(SSLEngine engine) {
        return new ObservedHandshake(
                protocolOf(engine),
                HandshakeOutcome.NOT_UNDERSTOOD,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
