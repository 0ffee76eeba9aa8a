package dev.gangway.internal.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An {@code SSLEngine} with somebody who looks on: at the bytes on the wire, until the handshake is over, and before the engine
 * where it is the client's hello. It passes every call on as it is and every answer back as it is; what the onlooker does can
 * change neither. While the engine works, it can find the {@linkplain CurrentConnection tickets of this connection}.
 */
public class ObservedSslEngine extends ForwardingSslEngine {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final OverflowLog OVERFLOW_LOG = new OverflowLog();

    private final SSLEngine own;
    private final Observer observer;
    // False once nothing more is to be seen: then a call costs no more than being passed on.
    private volatile boolean observing = true;
    private volatile BiFunction<SSLEngine, List<String>, String> selector;

    /**
     * Somebody who looks on. Must leave positions and limits of buffers as they are, and should not throw: then it is not
     * asked again.
     */
    public interface Observer {
        /** Who decides on the tickets of this connection. */
        default ConnectionTickets tickets() {
            return ConnectionTickets.NONE;
        }

        /** The engine is about to be given what is in {@code bytes}, and may take any part of it. */
        default void receiving(ByteBuffer bytes) {}

        /**
         * {@code result.bytesConsumed()} bytes from the client have been taken, from {@code from} on.
         *
         * @return whether to go on observing
         */
        boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * {@code result.bytesProduced()} bytes are to be sent to the client, from {@code from} on.
         *
         * @return whether to go on observing
         */
        boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * The container was told that the handshake is over, by another way than a result.
         *
         * @return whether to go on observing
         */
        boolean finished(SSLEngine engine);

        /**
         * The engine threw something, after it had taken {@code length} bytes from the client, from {@code from} on.
         *
         * @return whether to go on observing
         */
        boolean failed(ByteBuffer bytes, int from, int length);

        /**
         * The engine threw something while it made bytes for the client, or the container closes it.
         *
         * @return whether to go on observing
         */
        boolean ended();
    }

    /** @param own not used yet */
    public ObservedSslEngine(SSLEngine own, Observer observer) {
        super(own);
        this.own = own;
        this.observer = observer;
    }

    /** The same engine and observer, for a container that needs a class of its own. */
    protected ObservedSslEngine(ObservedSslEngine observed) {
        this(observed.own, observed.observer);
    }

    /** Who looks on, or did. */
    public final Observer observer() {
        return observer;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return observing ? unwrap(src, new ByteBuffer[] {dst}, 0, 1) : later(own.unwrap(src, dst));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        return observing && dsts != null ? unwrap(src, dsts, 0, dsts.length) : later(own.unwrap(src, dsts));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        // What is null is for the engine to refuse.
        if (!observing || src == null) {
            return later(own.unwrap(src, dsts, offset, length));
        }
        int from = src.position();
        beforeReceiving(src);
        ConnectionTickets outer = CurrentConnection.enter(observer.tickets());
        SSLEngineResult result;
        try {
            result = own.unwrap(src, dsts, offset, length);
        } catch (SSLException | RuntimeException e) {
            look(() -> observer.failed(src, from, src.position() - from));
            throw e;
        } finally {
            CurrentConnection.leave(outer);
        }
        return received(src, from, result);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return observing ? wrap(new ByteBuffer[] {src}, 0, 1, dst) : later(told(own.wrap(src, dst), dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        return observing && srcs != null ? wrap(srcs, 0, srcs.length, dst) : later(told(own.wrap(srcs, dst), dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        if (!observing || dst == null) {
            return later(told(own.wrap(srcs, offset, length, dst), dst));
        }
        int from = dst.position();
        ConnectionTickets outer = CurrentConnection.enter(observer.tickets());
        SSLEngineResult result;
        try {
            result = own.wrap(srcs, offset, length, dst);
        } catch (SSLException | RuntimeException e) {
            ended();
            throw e;
        } finally {
            CurrentConnection.leave(outer);
        }
        return sent(dst, from, told(result, dst));
    }

    /** Much of a handshake is done in tasks, and these ask for ticket keys, too. */
    @Override
    public Runnable getDelegatedTask() {
        Runnable task = own.getDelegatedTask();
        return task == null || !observing ? task : () -> run(task);
    }

    private void run(Runnable task) {
        ConnectionTickets outer = CurrentConnection.enter(observer.tickets());
        try {
            task.run();
        } finally {
            CurrentConnection.leave(outer);
        }
    }

    private void beforeReceiving(ByteBuffer src) {
        try {
            observer.receiving(src);
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    // Nobody looks on any more, but a connection may have a second handshake (renegotiation).
    private SSLEngineResult later(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            handshakeOver();
        }
        return result;
    }

    private void handshakeOver() {
        try {
            observer.tickets().onHandshakeOver();
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    // A container gives as much room as the engine says is enough, and drops the data if it is not.
    private SSLEngineResult told(SSLEngineResult result, ByteBuffer dst) {
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW
                && dst.remaining() >= own.getSession().getPacketBufferSize()) {
            OVERFLOW_LOG.warn(own());
        }
        return result;
    }

    private SSLEngineResult received(ByteBuffer src, int from, SSLEngineResult result) {
        try {
            goOn(observer.received(src, from, result, own()));
        } catch (RuntimeException e) {
            giveUp(e);
        }
        return result;
    }

    private SSLEngineResult sent(ByteBuffer dst, int from, SSLEngineResult result) {
        try {
            goOn(observer.sent(dst, from, result, own()));
        } catch (RuntimeException e) {
            giveUp(e);
        }
        return result;
    }

    private void ended() {
        if (observing) {
            look(observer::ended);
        }
    }

    // For what happens once in a connection at most.
    private void look(BooleanSupplier looking) {
        try {
            goOn(looking.getAsBoolean());
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    // A volatile write costs more than the rest, so there is one only.
    private void goOn(boolean isWorthIt) {
        if (!isWorthIt) {
            observing = false;
        }
    }

    private void giveUp(RuntimeException e) {
        observing = false;
        LOG.log(Level.DEBUG, "A handshake cannot be observed", e);
    }

    @Override
    public void closeInbound() throws SSLException {
        ended();
        try {
            own.closeInbound();
        } finally {
            handshakeOver();
        }
    }

    @Override
    public void closeOutbound() {
        ended();
        own.closeOutbound();
        handshakeOver();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        HandshakeStatus status = own.getHandshakeStatus();
        if (observing && status == HandshakeStatus.FINISHED) {
            look(() -> observer.finished(own()));
        }
        return status;
    }

    /** The selector is given this engine, which is the one that the container knows. */
    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> newSelector) {
        own.setHandshakeApplicationProtocolSelector(
                newSelector == null ? null : (engine, protocols) -> newSelector.apply(this, protocols));
        selector = newSelector;
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }

    @Override
    public String toString() {
        return "ObservedSslEngine[" + own + "]";
    }
}
