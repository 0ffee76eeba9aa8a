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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * An {@code SSLEngine} with somebody who looks on: at the bytes on the wire, until the handshake is over. It passes every call
 * on as it is and every answer back as it is; what the onlooker does can change neither.
 */
public class WatchedSslEngine extends SSLEngine {
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
        super(own.getPeerHost(), own.getPeerPort());
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
        return unwrap(src, () -> own.unwrap(src, dst));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts) throws SSLException {
        return unwrap(src, () -> own.unwrap(src, dsts));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        return unwrap(src, () -> own.unwrap(src, dsts, offset, length));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) throws SSLException {
        return wrap(dst, () -> own.wrap(src, dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, ByteBuffer dst) throws SSLException {
        return wrap(dst, () -> own.wrap(srcs, dst));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        return wrap(dst, () -> own.wrap(srcs, offset, length, dst));
    }

    private interface Call {
        SSLEngineResult make() throws SSLException;
    }

    // What is null is for the engine to refuse.
    private SSLEngineResult unwrap(ByteBuffer src, Call call) throws SSLException {
        if (!watching || src == null) {
            return call.make();
        }
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

    private SSLEngineResult wrap(ByteBuffer dst, Call call) throws SSLException {
        if (!watching || dst == null) {
            return call.make();
        }
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

    // From here on every call is passed on and nothing else.

    @Override
    public Runnable getDelegatedTask() {
        return own.getDelegatedTask();
    }

    @Override
    public boolean isInboundDone() {
        return own.isInboundDone();
    }

    @Override
    public boolean isOutboundDone() {
        return own.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return own.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return own.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        own.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return own.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return own.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        own.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return own.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return own.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        own.beginHandshake();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        own.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return own.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        own.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return own.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        own.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return own.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        own.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return own.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return own.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        own.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return own.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return own.getHandshakeApplicationProtocol();
    }

    @Override
    public String getPeerHost() {
        return own.getPeerHost();
    }

    @Override
    public int getPeerPort() {
        return own.getPeerPort();
    }

    @Override
    public String toString() {
        return "WatchedSslEngine[" + own + "]";
    }
}
