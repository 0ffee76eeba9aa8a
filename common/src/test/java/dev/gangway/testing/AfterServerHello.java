package dev.gangway.testing;

import dev.gangway.internal.engine.ForwardingSslEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A server's engine, and something that happens once it has answered the ClientHello. */
public final class AfterServerHello extends ForwardingSslEngine {
    private final SSLEngine server;
    private Runnable task;

    public AfterServerHello(SSLEngine server, Runnable task) {
        super(server);
        this.server = server;
        this.task = task;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) throws SSLException {
        SSLEngineResult result = server.wrap(srcs, offset, length, dst);
        if (result.bytesProduced() > 0) {
            Runnable once = task;
            task = () -> {};
            once.run();
        }
        return result;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) throws SSLException {
        return server.unwrap(src, dsts, offset, length);
    }

    @Override
    public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
        return server.getHandshakeStatus();
    }

    @Override
    public void closeInbound() throws SSLException {
        server.closeInbound();
    }

    @Override
    public void closeOutbound() {
        server.closeOutbound();
    }
}
