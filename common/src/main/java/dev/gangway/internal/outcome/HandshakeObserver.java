package dev.gangway.internal.outcome;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.wire.HandshakeReader;
import dev.gangway.internal.wire.OfferedTickets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/**
 * Observes the first handshake of one connection, and counts its outcome. Renegotiations are not observed. An error in
 * this class does not affect the handshake.
 */
public final class HandshakeObserver implements ObservedSslEngine.Observer {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";

    private final ContextObserver context;
    private final ConnectionTickets tickets;
    private final HandshakeConclusion conclusion;
    // Null once there is nothing more to observe, because it holds the ClientHello and the connection
    // may be long-lived.
    private HandshakeReader reader;
    private boolean isUnreadable;
    // Bytes of the ClientHello that have been read here and not yet consumed by the engine.
    private int readAhead;
    private boolean helloIsNew;
    // Bytes that the client has sent after its hello, until the handshake is over.
    private int clientFlight;
    private boolean isAnswered;
    // Whether it is certain that the handshake is a full one.
    private volatile boolean isFull;
    private volatile ObservedHandshake seen;

    HandshakeObserver(ContextObserver context, SSLEngine server) {
        this.context = context;
        this.reader = new HandshakeReader(this::onClientHello);
        this.tickets = context.tickets(server, this::isFull);
        this.conclusion = new HandshakeConclusion(context, tickets);
    }

    @Override
    public ConnectionTickets tickets() {
        return tickets;
    }

    private void onClientHello(OfferedTickets offered) {
        tickets.onClientHello(offered);
        helloIsNew = true;
    }

    // Called by an engine that holds its own locks, so this takes no lock.
    private boolean isFull() {
        return isFull;
    }

    /** The result of the handshake; empty until it is over. */
    public Optional<ObservedHandshake> seen() {
        return Optional.ofNullable(seen);
    }

    /** The result of the handshake of {@code engine}; empty if it is not observed, or not over. */
    public static Optional<ObservedHandshake> of(SSLEngine engine) {
        return engine instanceof ObservedSslEngine observed && observed.observer() instanceof HandshakeObserver observer
                ? observer.seen().map(seen -> observer.conclusion.withAge(seen, observed.own()))
                : Optional.empty();
    }

    // The decision on a ticket must be made before the engine sees the ticket.
    @Override
    public synchronized void receiving(ByteBuffer bytes) {
        int from = bytes.position() + readAhead;
        int length = bytes.limit() - from;
        if (isClientFlight()) {
            tickets.onClientFlight(clientFlight + Records.firstLength(bytes));
        } else if (seen == null && canRead(length)) {
            try {
                readAhead += reader.helloFromClient(bytes, from, length);
            } catch (RuntimeException e) {
                stopReading(e);
            }
        }
    }

    @Override
    public synchronized boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        if (isClientFlight()) {
            clientFlight += result.bytesConsumed();
        }
        if (seen == null) {
            readClient(bytes, from, result.bytesConsumed());
        }
        return goOn(reader != null && proceed(isFinished(result), result.bytesProduced() > 0, engine));
    }

    @Override
    public synchronized boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        boolean withData = result.bytesConsumed() > 0;
        readServer(bytes, from, result.bytesProduced(), withData);
        // A ticket is sent with the first data or before it.
        return goOn(reader != null && proceed(isFinished(result), withData, engine) && !withData);
    }

    @Override
    public synchronized boolean finished(SSLEngine engine) {
        return goOn(reader != null && proceed(true, false, engine));
    }

    // Some engines consume the ClientHello and refuse it in the same call.
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
            // BoringSSL holds a ticket back until there is something else to send, which may be the closing alert.
            return goOn(mayIssueNewTicket());
        }
        if (reader != null && reader.hasBegun()) {
            settle(HandshakeConclusion.failed(reader));
        }
        return goOn(false);
    }

    private boolean goOn(boolean continueObserving) {
        if (!continueObserving) {
            reader = null;
        }
        return continueObserving;
    }

    private void readClient(ByteBuffer bytes, int from, int length) {
        int known = Math.min(readAhead, length);
        readAhead -= known;
        if (helloIsNew && readAhead == 0) {
            helloIsNew = false;
            tickets.onClientHelloConsumed();
        }
        if (canRead(length - known)) {
            try {
                reader.fromClient(bytes, from + known, length - known);
            } catch (RuntimeException e) {
                stopReading(e);
            }
        }
    }

    private void readServer(ByteBuffer bytes, int from, int length, boolean withData) {
        if (canRead(length)) {
            try {
                reader.fromServer(bytes, from, length, withData);
                if (!isFull && reader.isAnswered() && !reader.isResumed()) {
                    isFull = true;
                }
                if (!isAnswered && reader.isAnswered()) {
                    isAnswered = true;
                    tickets.onAnswered();
                }
            } catch (RuntimeException e) {
                stopReading(e);
            }
        }
    }

    private boolean isClientFlight() {
        return seen == null && (isAnswered || isUnreadable);
    }

    private boolean canRead(int length) {
        return length > 0 && reader != null && !isUnreadable;
    }

    private void stopReading(RuntimeException e) {
        isUnreadable = true;
        if (seen == null) {
            tickets.onUnreadableHello();
        }
        LOG.log(Level.DEBUG, "A handshake cannot be parsed", e);
    }

    private static boolean isFinished(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    // Application data means that the handshake is over, even if FINISHED was not reported. Tomcat's OpenSSL also
    // reports FINISHED for a handshake that failed before the server answered.
    private boolean proceed(boolean isReportedFinished, boolean dataFlows, SSLEngine engine) {
        boolean isOver = dataFlows || (isReportedFinished && (isUnreadable ? hasSession(engine) : reader.isAnswered()));
        return (!isOver && seen == null) || proceed(engine);
    }

    private boolean proceed(SSLEngine engine) {
        if (seen == null) {
            try {
                settle(isUnreadable ? HandshakeConclusion.notUnderstood(engine) : conclusion.of(reader, engine));
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The outcome of a handshake cannot be determined", e);
                settle(HandshakeConclusion.notUnderstood(engine));
            }
            reader.forgetClient();
            tickets.onHandshakeOver();
            context.engine.issueNoMoreTickets(engine);
        }
        if (!isUnreadable && reader.hasNewTicket()) {
            context.counters.countNewTicket(seen.protocol());
            return false;
        }
        return mayIssueNewTicket();
    }

    private void settle(ObservedHandshake result) {
        context.counters.count(result.protocol(), result.outcome());
        seen = result;
    }

    private boolean mayIssueNewTicket() {
        return reader != null && !isUnreadable && reader.awaitsNewTicket();
    }

    // After a failed handshake, Tomcat's OpenSSL has no cipher suite name, and other engines have
    // SSL_NULL_WITH_NULL_NULL.
    private static boolean hasSession(SSLEngine engine) {
        String cipherSuite = engine.getSession().getCipherSuite();
        return cipherSuite != null && !cipherSuite.equals(NO_CIPHER_SUITE);
    }
}
