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
    private static final OverflowLog OVERFLOW_LOG = new OverflowLog();

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

    /** The same engine and watch, for a container that needs a class of its own. */
    protected WatchedSslEngine(WatchedSslEngine watched) {
        this(watched.own, watched.watch);
    }

    /** Who looks on, or did. */
    public final Watch watch() {
        return watch;
    }

    // The six below are alike, and plain: they are on the way of every handshake, where a lambda is seen in
    // measurements.
    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        if (!isWatched(src)) {
            return own.unwrap(src, dst);
        }
        int from = src.position();
        try {
            return received(src, from, own.unwrap(src, dst));
        } catch (SSLException | RuntimeException e) {
            failed(src, from);
            throw e;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        if (!isWatched(src)) {
            return own.unwrap(src, dsts);
        }
        int from = src.position();
        try {
            return received(src, from, own.unwrap(src, dsts));
        } catch (SSLException | RuntimeException e) {
            failed(src, from);
            throw e;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        if (!isWatched(src)) {
            return own.unwrap(src, dsts, offset, length);
        }
        int from = src.position();
        try {
            return received(src, from, own.unwrap(src, dsts, offset, length));
        } catch (SSLException | RuntimeException e) {
            failed(src, from);
            throw e;
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        if (!isWatched(dst)) {
            return told(own.wrap(src, dst), dst);
        }
        int from = dst.position();
        try {
            return sent(dst, from, told(own.wrap(src, dst), dst));
        } catch (SSLException | RuntimeException e) {
            ended();
            throw e;
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        if (!isWatched(dst)) {
            return told(own.wrap(srcs, dst), dst);
        }
        int from = dst.position();
        try {
            return sent(dst, from, told(own.wrap(srcs, dst), dst));
        } catch (SSLException | RuntimeException e) {
            ended();
            throw e;
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        if (!isWatched(dst)) {
            return told(own.wrap(srcs, offset, length, dst), dst);
        }
        int from = dst.position();
        try {
            return sent(dst, from, told(own.wrap(srcs, offset, length, dst), dst));
        } catch (SSLException | RuntimeException e) {
            ended();
            throw e;
        }
    }

    // What is null is for the engine to refuse.
    private boolean isWatched(ByteBuffer network) {
        return watching && network != null;
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
            goOn(watch.received(src, from, result, own()));
        } catch (RuntimeException e) {
            giveUp(e);
        }
        return result;
    }

    private SSLEngineResult sent(ByteBuffer dst, int from, SSLEngineResult result) {
        try {
            goOn(watch.sent(dst, from, result, own()));
        } catch (RuntimeException e) {
            giveUp(e);
        }
        return result;
    }

    private void failed(ByteBuffer src, int from) {
        look(() -> watch.failed(src, from, src.position() - from));
    }

    private void ended() {
        if (watching) {
            look(watch::ended);
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
            watching = false;
        }
    }

    private void giveUp(RuntimeException e) {
        watching = false;
        LOG.log(Level.DEBUG, "A handshake cannot be watched", e);
    }

    @Override
    public void closeInbound() throws SSLException {
        ended();
        own.closeInbound();
    }

    @Override
    public void closeOutbound() {
        ended();
        own.closeOutbound();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        HandshakeStatus status = own.getHandshakeStatus();
        if (watching && status == HandshakeStatus.FINISHED) {
            look(() -> watch.finished(own()));
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
