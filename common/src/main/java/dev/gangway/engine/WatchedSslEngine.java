package dev.gangway.engine;

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
 * An {@code SSLEngine} with somebody who looks on: at the bytes on the wire, until the handshake is over. It passes every call
 * on as it is and every answer back as it is; what the onlooker does can change neither.
 */
public class WatchedSslEngine extends ForwardingSslEngine {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final SSLEngine own;
    private final Watch watch;
    // False once nothing more is to be seen: then a call costs no more than being passed on.
    private volatile boolean watching = true;
    private volatile BiFunction<SSLEngine, List<String>, String> selector;

    /**
     * Somebody who looks on. Must leave positions and limits of buffers as they are, and should not throw: then it is not
     * asked again.
     */
    public interface Watch {
        /**
         * {@code result.bytesConsumed()} bytes from the client have been taken, from {@code from} on.
         *
         * @return whether to go on watching
         */
        boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * {@code result.bytesProduced()} bytes are to be sent to the client, from {@code from} on.
         *
         * @return whether to go on watching
         */
        boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine);

        /**
         * The container was told that the handshake is over, by another way than a result.
         *
         * @return whether to go on watching
         */
        boolean finished(SSLEngine engine);

        /**
         * The engine threw something, after it had taken {@code length} bytes from the client, from {@code from} on.
         *
         * @return whether to go on watching
         */
        boolean failed(ByteBuffer bytes, int from, int length);

        /**
         * The engine threw something while it made bytes for the client, or the container closes it.
         *
         * @return whether to go on watching
         */
        boolean ended();
    }

    /** @param own not used yet */
    public WatchedSslEngine(SSLEngine own, Watch watch) {
        super(own);
        this.own = own;
        this.watch = watch;
    }

    /** The engine that does the work. */
    public final SSLEngine own() {
        return own;
    }

    /** Who looks on, or did. */
    public final Watch watch() {
        return watch;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return isWatched(src) ? watchUnwrap(src, () -> own.unwrap(src, dst)) : own.unwrap(src, dst);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        return isWatched(src) ? watchUnwrap(src, () -> own.unwrap(src, dsts)) : own.unwrap(src, dsts);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        return isWatched(src)
                ? watchUnwrap(src, () -> own.unwrap(src, dsts, offset, length))
                : own.unwrap(src, dsts, offset, length);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return isWatched(dst) ? watchWrap(dst, () -> own.wrap(src, dst)) : own.wrap(src, dst);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        return isWatched(dst) ? watchWrap(dst, () -> own.wrap(srcs, dst)) : own.wrap(srcs, dst);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        return isWatched(dst)
                ? watchWrap(dst, () -> own.wrap(srcs, offset, length, dst))
                : own.wrap(srcs, offset, length, dst);
    }

    private interface Call {
        SSLEngineResult make() throws SSLException;
    }

    // What is null is for the engine to refuse.
    private boolean isWatched(ByteBuffer network) {
        return watching && network != null;
    }

    private SSLEngineResult watchUnwrap(ByteBuffer src, Call call) throws SSLException {
        int from = src.position();
        try {
            SSLEngineResult result = call.make();
            look(() -> watch.received(src, from, result, own));
            return result;
        } catch (SSLException | RuntimeException e) {
            look(() -> watch.failed(src, from, src.position() - from));
            throw e;
        }
    }

    private SSLEngineResult watchWrap(ByteBuffer dst, Call call) throws SSLException {
        int from = dst.position();
        try {
            SSLEngineResult result = call.make();
            look(() -> watch.sent(dst, from, result, own));
            return result;
        } catch (SSLException | RuntimeException e) {
            end();
            throw e;
        }
    }

    private void end() {
        if (watching) {
            look(watch::ended);
        }
    }

    private void look(BooleanSupplier looking) {
        try {
            watching = looking.getAsBoolean();
        } catch (RuntimeException e) {
            watching = false;
            LOG.log(Level.DEBUG, "A handshake cannot be watched", e);
        }
    }

    @Override
    public void closeInbound() throws SSLException {
        end();
        own.closeInbound();
    }

    @Override
    public void closeOutbound() {
        end();
        own.closeOutbound();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        HandshakeStatus status = own.getHandshakeStatus();
        if (watching && status == HandshakeStatus.FINISHED) {
            look(() -> watch.finished(own));
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
        return "WatchedSslEngine[" + own + "]";
    }
}
