package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.ForwardingSslEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Wraps a Conscrypt engine and keeps the contract of {@code SSLEngine} where Conscrypt's own engine does not: one
 * {@code wrap} never produces more than {@code getPacketBufferSize()} bytes.
 *
 * <p>BoringSSL holds its TLS 1.3 tickets back until the first data, and then produces tickets and data in one piece.
 * That overflows a buffer that a container has sized for one record, and the data is lost. Flights with large
 * certificates and tickets also come in one piece. This class sends tickets at the end of the handshake, before any
 * data and without waiting for it, as SunJSSE does. Bytes that do not fit into the container's buffer are kept and
 * returned in pieces that fit.
 */
final class ConscryptServerEngine extends ForwardingSslEngine {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final ByteBuffer[] NO_DATA = {};
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);
    private static final String TICKETS_AFTER_HANDSHAKE = "TLSv1.3";
    private static final int USUAL_TICKETS = 2 * 1024;
    // BoringSSL's buffer holds 17 kB. BoringSSL produces the rest when the buffer has been read, without signalling it.
    private static final int NEARLY_FULL = 16 * 1024;
    private static final int MOST = 1024 * 1024;

    private final SSLEngine own;
    private final ConscryptInternals internals;
    private final TicketIssuance issuance;
    private final int packetSize;

    // What BoringSSL has produced and the container has not taken yet. Null if there is none.
    private ByteBuffer waiting;
    private boolean handshakeOver;
    // Whether FINISHED has still to be reported to the container.
    private boolean finishedIsPending;

    /** @param own of Conscrypt, not used yet */
    ConscryptServerEngine(SSLEngine own, ConscryptInternals internals) {
        super(own);
        this.own = own;
        this.internals = internals;
        this.issuance = new TicketIssuance(own, internals);
        this.packetSize = own.getSession().getPacketBufferSize();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return wrap(new ByteBuffer[] {src}, 0, 1, dst);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        return wrap(srcs, 0, srcs == null ? 0 : srcs.length, dst);
    }

    @Override
    public synchronized SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst)
            throws SSLException {
        if (waiting != null) {
            return handOut(dst, 0);
        }
        // Data that is consumed in the call that ends the handshake would come in one piece with the tickets.
        SSLEngineResult result = own.wrap(handshakeOver ? srcs : withoutData(srcs), offset, length, dst);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            return overflow(result, dst);
        }
        if (endsHandshake(result)) {
            return finish(result, dst);
        }
        return !handshakeOver && result.bytesProduced() > NEARLY_FULL ? withTheRest(result, dst) : result;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return unwrap(src, new ByteBuffer[] {dst}, 0, 1);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        return unwrap(src, dsts, 0, dsts == null ? 0 : dsts.length);
    }

    @Override
    public synchronized SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length)
            throws SSLException {
        boolean isClientFlight = !handshakeOver && TicketIssuance.isEncryptedRecord(src);
        if (isClientFlight) {
            issuance.receiving(src);
        }
        SSLEngineResult result = own.unwrap(src, dsts, offset, length);
        if (isClientFlight) {
            issuance.received(result.bytesConsumed());
        }
        return endsHandshake(result) ? finish(result, NO_ROOM) : result;
    }

    @Override
    public synchronized HandshakeStatus getHandshakeStatus() {
        return waiting != null ? HandshakeStatus.NEED_WRAP : own.getHandshakeStatus();
    }

    @Override
    public synchronized boolean isOutboundDone() {
        return waiting == null && own.isOutboundDone();
    }

    /** Lets the current handshake issue a ticket only if {@code condition} holds when the client's last flight comes. */
    synchronized void issueTicketsIf(BooleanSupplier condition) {
        issuance.onlyIf(condition);
    }

    /** Called when the client's certificates have been checked. */
    synchronized void onClientTrusted() {
        issuance.onClientTrusted();
    }

    @Override
    public void closeInbound() throws SSLException {
        own.closeInbound();
    }

    @Override
    public void closeOutbound() {
        own.closeOutbound();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        own.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return own.getHandshakeApplicationProtocolSelector();
    }

    // Conscrypt reports FINISHED, except where it has no room for the bytes that come with it.
    private boolean endsHandshake(SSLEngineResult result) {
        return !handshakeOver
                && (result.getHandshakeStatus() == HandshakeStatus.FINISHED
                        || (own.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                                && result.getStatus() != Status.CLOSED
                                && !own.isInboundDone()
                                && !own.isOutboundDone()));
    }

    // For Conscrypt the handshake is over; for the container it is over when the tickets have been sent.
    private SSLEngineResult finish(SSLEngineResult result, ByteBuffer dst) throws SSLException {
        handshakeOver = true;
        finishedIsPending = true;
        sendTickets();
        int written = moveTo(dst);
        return new SSLEngineResult(
                result.getStatus(), statusNow(), result.bytesConsumed(), result.bytesProduced() + written);
    }

    private SSLEngineResult withTheRest(SSLEngineResult result, ByteBuffer dst) throws SSLException {
        takeOver();
        if (finishedIsPending) {
            handshakeOver = true;
            sendTickets();
        }
        int written = moveTo(dst);
        return new SSLEngineResult(result.getStatus(), statusNow(), 0, result.bytesProduced() + written);
    }

    private void sendTickets() {
        if (own.getUseClientMode() || !own.getSession().getProtocol().equals(TICKETS_AFTER_HANDSHAKE)) {
            return;
        }
        try {
            Object connection = internals.connection(own);
            int before;
            do {
                before = waitingBytes();
                internals.writeNothing(connection);
                takeOver();
            } while (waitingBytes() > before);
        } catch (SSLException | RuntimeException e) {
            // A handshake does not fail because of a ticket. A fault of the connection itself shows when data is sent.
            LOG.log(Level.DEBUG, "Session tickets cannot be sent at the end of a handshake", e);
        }
    }

    // Conscrypt has more than fits into a buffer for one record, or the container's buffer is too small.
    private SSLEngineResult overflow(SSLEngineResult result, ByteBuffer dst) throws SSLException {
        if (handshakeOver && result.bytesConsumed() == 0 && dst.remaining() < packetSize) {
            return result;
        }
        finishedIsPending |= endsHandshake(result);
        takeOver();
        if (finishedIsPending && !handshakeOver) {
            handshakeOver = true;
            sendTickets();
        }
        return waiting == null && !finishedIsPending ? result : handOut(dst, result.bytesConsumed());
    }

    /** Takes the bytes that BoringSSL has ready, and those that it produces once there is room in its buffer. */
    private void takeOver() throws SSLException {
        ByteBuffer room = ByteBuffer.allocate(USUAL_TICKETS);
        SSLEngineResult result;
        do {
            result = own.wrap(NO_DATA, room);
            finishedIsPending |= endsHandshake(result);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                room = ByteBuffer.allocate(room.position() + 2 * packetSize).put(room.flip());
            }
        } while (room.position() < MOST
                && (result.getStatus() == Status.BUFFER_OVERFLOW || result.bytesProduced() > 0));
        if (room.position() > 0) {
            add(room.flip());
        }
    }

    private void add(ByteBuffer more) {
        waiting = waiting == null
                ? more
                : ByteBuffer.allocate(waiting.remaining() + more.remaining())
                        .put(waiting)
                        .put(more)
                        .flip();
    }

    private SSLEngineResult handOut(ByteBuffer dst, int consumed) {
        int written = moveTo(dst);
        return written == 0 && consumed == 0 && waiting != null
                ? new SSLEngineResult(Status.BUFFER_OVERFLOW, HandshakeStatus.NEED_WRAP, 0, 0)
                : new SSLEngineResult(status(), statusNow(), consumed, written);
    }

    // A buffer that is large enough for a record always gets some bytes, as the container expects.
    private int moveTo(ByteBuffer dst) {
        int size = Math.min(waitingBytes(), packetSize);
        if (size == 0 || size > dst.remaining()) {
            return 0;
        }
        dst.put(waiting.slice(waiting.position(), size));
        waiting.position(waiting.position() + size);
        if (!waiting.hasRemaining()) {
            waiting = null;
        }
        return size;
    }

    private int waitingBytes() {
        return waiting == null ? 0 : waiting.remaining();
    }

    private Status status() {
        return waiting == null && own.isOutboundDone() ? Status.CLOSED : Status.OK;
    }

    private HandshakeStatus statusNow() {
        if (waiting != null) {
            return HandshakeStatus.NEED_WRAP;
        }
        if (finishedIsPending) {
            finishedIsPending = false;
            return HandshakeStatus.FINISHED;
        }
        return own.getHandshakeStatus();
    }

    private static ByteBuffer[] withoutData(ByteBuffer[] srcs) {
        if (srcs == null) {
            return null;
        }
        ByteBuffer[] empty = new ByteBuffer[srcs.length];
        for (int i = 0; i < srcs.length; i++) {
            empty[i] = srcs[i] == null ? null : srcs[i].duplicate().limit(srcs[i].position());
        }
        return empty;
    }

    @Override
    public String toString() {
        return "ConscryptServerEngine[" + own + "]";
    }
}
