package dev.gangway.testing;

import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.internal.handshake.TrustAnyServer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** A TLS client in memory, of either engine, that keeps its tickets and trusts any server. */
public final class EngineClient {
    private final TicketEngine engine;
    private final SSLContext context;
    private final String protocol;

    public EngineClient(String engine, String protocol) throws GeneralSecurityException {
        this.engine = Nodes.engine(engine);
        this.context = this.engine.newClientContext();
        this.protocol = protocol;
        context.init(null, new TrustManager[] {new TrustAnyServer()}, null);
    }

    /** A new engine for one connection. */
    public SSLEngine newEngine() {
        SSLEngine client = context.createSSLEngine("node.invalid", 443);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        engine.prepare(client);
        return client;
    }

    public void connect(SSLEngine server) throws SSLException {
        server.setUseClientMode(false);
        InMemoryHandshake.run(newEngine(), server);
    }

    /** The ClientHello of a new connection, with a ticket if the client has one. */
    public byte[] hello() throws SSLException {
        SSLEngine client = newEngine();
        ByteBuffer out = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.beginHandshake();
        client.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }
}
