package dev.gangway.internal.handshake;

import dev.gangway.internal.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake between two engines of this process, followed by one byte of data each way: in TLS 1.3 the ticket comes
 * after the handshake, and only a client that reads gets it.
 */
public final class InMemoryHandshake {
    // A handshake takes a few dozen steps; this many without an end means that the two engines wait for each other.
    private static final int MAX_STEPS = 1_000;

    private final Side client;
    private final Side server;

    private InMemoryHandshake(SSLEngine client, SSLEngine server) {
        this.client = new Side(client);
        this.server = new Side(server);
    }

    /**
     * Runs the handshake to its end.
     *
     * @return the handshake as seen on the wire
     * @throws SSLException if either side fails, or they never finish
     */
    public static Handshake run(SSLEngine client, SSLEngine server) throws SSLException {
        InMemoryHandshake handshake = new InMemoryHandshake(client, server);
        handshake.exchange();
        return Handshake.read(handshake.client.sent.toByteArray(), handshake.server.sent.toByteArray());
    }

    private void exchange() throws SSLException {
        client.engine.beginHandshake();
        server.engine.beginHandshake();
        for (int step = 0; step < MAX_STEPS; step++) {
            client.step(server);
            server.step(client);
            if (client.gotData && server.gotData) {
                return;
            }
        }
        throw new SSLException("the handshake does not complete: client " + client.engine.getHandshakeStatus()
                + ", server " + server.engine.getHandshakeStatus());
    }

    private static final class Side {
        final SSLEngine engine;
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final ByteBuffer incoming;
        final ByteBuffer outgoing;
        final ByteBuffer plain;
        final ByteBuffer greeting = ByteBuffer.wrap(new byte[] {1});
        boolean gotData;

        Side(SSLEngine engine) {
            this.engine = engine;
            int packet = engine.getSession().getPacketBufferSize();
            this.incoming = ByteBuffer.allocate(4 * packet);
            this.outgoing = ByteBuffer.allocate(packet);
            this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }

        void step(Side peer) throws SSLException {
            runTasks();
            HandshakeStatus status = engine.getHandshakeStatus();
            boolean greets = status == HandshakeStatus.NOT_HANDSHAKING && greeting.hasRemaining();
            if (status == HandshakeStatus.NEED_WRAP || greets) {
                wrap(peer);
            }
            unwrap();
            runTasks();
        }

        private void wrap(Side peer) throws SSLException {
            engine.wrap(greeting, outgoing);
            outgoing.flip();
            sent.write(outgoing.array(), 0, outgoing.limit());
            peer.incoming.put(outgoing);
            outgoing.clear();
        }

        private void unwrap() throws SSLException {
            incoming.flip();
            boolean progress = true;
            while (progress && incoming.hasRemaining()) {
                SSLEngineResult result = engine.unwrap(incoming, plain);
                gotData |= result.bytesProduced() > 0;
                plain.clear();
                runTasks();
                progress = result.bytesConsumed() > 0 && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new SSLException("one side closed the connection during the handshake");
                }
            }
            incoming.compact();
        }

        private void runTasks() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }
}
