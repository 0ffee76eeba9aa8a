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
 * Wraps an {@code SSLEngine} and shows the bytes on the wire to an observer until the handshake is over; the observer
 * sees the ClientHello before the engine does. The wrapper forwards every call and every result unchanged; the observer
 * can change neither. During a call, the engine can find the {@linkplain CurrentConnection tickets of this connection}.
 */
public class ObservedSslEngine extends ForwardingSslEngine {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final OverflowLog OVERFLOW_LOG = new OverflowLog();

    private final SSLEngine own;
    private final Observer observer;
    // False once there is nothing more to observe: calls are then only forwarded.
    private volatile boolean observing = true;
    private volatile BiFunction<SSLEngine, List<String>, String> selector;

    /**
     * Observes one connection. Must leave positions and limits of buffers unchanged, and should not throw: observation
     * ends after an exception.
     */
    public interface Observer {
        /** Decides on the tickets of this connection. */
        default ConnectionTickets tickets() {
            return ConnectionTickets.NONE;
        }

        /** Called before the engine is given {@code bytes}, of which it may consume any part. */
        default void receiving(ByteBuffer bytes) {}

        /**
         * The engine has consumed {@code result.bytesConsumed()} bytes from the client, starting at {@code from}.
         *
         * @return whether to go on observing
         */
        boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * The engine has produced {@code result.bytesProduced()} bytes for the client, starting at {@code from}.
         *
         * @return whether to go on observing
         */
        boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * The container has learned from the handshake status, not from a result, that the handshake is over.
         *
         * @return whether to go on observing
         */
        boolean finished(SSLEngine engine);

        /**
         * The engine threw an exception after it had consumed {@code length} bytes from the client,
         * starting at {@code from}.
         *
         * @return whether to go on observing
         */
        default boolean failed(ByteBuffer bytes, int from, int length) {
            return false;
        }

        /**
         * The engine threw an exception while it produced bytes for the client, or the container closes the engine.
         *
         * @return whether to go on observing
         */
        default boolean ended() {
            return false;
        }
    }

    /** @param own not used yet */
    public ObservedSslEngine(SSLEngine own, Observer observer) {
        super(own);
        this.own = own;
        this.observer = observer;
    }

    /** Takes over engine and observer, for a container that needs its own subclass. */
    protected ObservedSslEngine(ObservedSslEngine observed) {
        this(observed.own, observed.observer);
    }

    /** The observer, also after observation has ended. */
    public final Observer observer() {
        return observer;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return observing ? unwrap(src, new ByteBuffer[] {dst}, 0, 1) : unobserved(own.unwrap(src, dst));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        return observing && dsts != null ? unwrap(src, dsts, 0, dsts.length) : unobserved(own.unwrap(src, dsts));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        // The engine itself rejects null arguments.
        if (!observing || src == null) {
            return unobserved(own.unwrap(src, dsts, offset, length));
        }
        int from = src.position();
        beforeReceiving(src);
        ConnectionTickets outer = CurrentConnection.enter(observer.tickets());
        SSLEngineResult result;
        try {
            result = own.unwrap(src, dsts, offset, length);
        } catch (SSLException | RuntimeException e) {
            observeOnce(() -> observer.failed(src, from, src.position() - from));
            throw e;
        } finally {
            CurrentConnection.leave(outer);
        }
        return received(src, from, result);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return observing
                ? wrap(new ByteBuffer[] {src}, 0, 1, dst)
                : unobserved(withOverflowCheck(own.wrap(src, dst), dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        return observing && srcs != null
                ? wrap(srcs, 0, srcs.length, dst)
                : unobserved(withOverflowCheck(own.wrap(srcs, dst), dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        if (!observing || dst == null) {
            return unobserved(withOverflowCheck(own.wrap(srcs, offset, length, dst), dst));
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
        return sent(dst, from, withOverflowCheck(result, dst));
    }

    /** Delegated tasks do much of the handshake, and look up ticket keys too. */
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

    // The observer is no longer called, but a connection may have a second handshake (renegotiation).
    private SSLEngineResult unobserved(SSLEngineResult result) {
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

    // A container sizes its buffer by getPacketBufferSize(), and drops the data if that is too small.
    private SSLEngineResult withOverflowCheck(SSLEngineResult result, ByteBuffer dst) {
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
            observeOnce(observer::ended);
        }
    }

    // For events that happen at most once per connection.
    private void observeOnce(BooleanSupplier event) {
        try {
            goOn(event.getAsBoolean());
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    // Written only when it changes, because a volatile write costs more than everything else here.
    private void goOn(boolean continueObserving) {
        if (!continueObserving) {
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
            observeOnce(() -> observer.finished(own()));
        }
        return status;
    }

    /** The selector is called with this wrapper, which is the engine that the container knows. */
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
