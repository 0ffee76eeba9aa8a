package dev.gangway.testing;

import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake in memory, and a byte of data in each direction, with bytes delivered in pieces of any size: parts of a record
 * or several at once. The client's first message is in records of any size too.
 */
public final class PiecewiseHandshake {
    private static final int MAX_STEPS = 100_000;

    private final Random random;
    private final Side client;
    private final Side server;

    private PiecewiseHandshake(SSLEngine client, SSLEngine server, Random random) {
        this.random = random;
        this.client = new Side(client);
        this.server = new Side(server);
    }

    public static void run(SSLEngine client, SSLEngine server, Random random) throws SSLException {
        server.setUseClientMode(false);
        PiecewiseHandshake handshake = new PiecewiseHandshake(client, server, random);
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < MAX_STEPS; step++) {
            handshake.client.step(handshake.server, step == 0);
            handshake.server.step(handshake.client, false);
            if (handshake.client.gotData && handshake.server.gotData) {
                return;
            }
        }
        throw new SSLException("the handshake does not end");
    }

    private final class Side {
        final SSLEngine engine;
        // Bytes that are not yet delivered to this side.
        final ByteBuffer wire = ByteBuffer.allocate(200_000);
        final ByteBuffer incoming;
        final ByteBuffer outgoing;
        final ByteBuffer plain;
        final ByteBuffer greeting = ByteBuffer.wrap(new byte[] {1});
        boolean gotData;

        Side(SSLEngine engine) {
            this.engine = engine;
            int packet = engine.getSession().getPacketBufferSize();
            incoming = random.nextBoolean() ? ByteBuffer.allocate(packet) : ByteBuffer.allocateDirect(packet);
            outgoing = random.nextBoolean() ? ByteBuffer.allocate(packet) : ByteBuffer.allocateDirect(packet);
            plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }

        void step(Side peer, boolean isFirst) throws SSLException {
            runTasks();
            HandshakeStatus status = engine.getHandshakeStatus();
            boolean greets = status == HandshakeStatus.NOT_HANDSHAKING && greeting.hasRemaining();
            if (status == HandshakeStatus.NEED_WRAP || greets) {
                outgoing.clear();
                engine.wrap(greeting, outgoing);
                outgoing.flip();
                byte[] bytes = new byte[outgoing.remaining()];
                outgoing.get(bytes);
                peer.wire.put(isFirst ? inRecordsOfAnySize(bytes) : bytes);
            }
            // Sometimes deliver nothing, so that more bytes arrive at once later.
            if (random.nextInt(3) > 0) {
                arrive();
                unwrap();
            }
        }

        private void arrive() {
            wire.flip();
            int most = Math.min(wire.remaining(), incoming.remaining());
            int piece = random.nextBoolean() ? most : random.nextInt(Math.min(most, 400) + 1);
            for (int i = 0; i < piece; i++) {
                incoming.put(wire.get());
            }
            wire.compact();
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
            }
            incoming.compact();
        }

        private void runTasks() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }

    private byte[] inRecordsOfAnySize(byte[] hello) {
        byte[] records = {};
        int at = 5;
        while (at < hello.length) {
            // Engines refuse a hello in too small or too many records.
            int size = Math.min(hello.length - at, 64 + random.nextInt(600));
            byte[] part = new byte[size];
            System.arraycopy(hello, at, part, 0, size);
            records = TlsBytes.join(records, TlsBytes.record(TlsBytes.HANDSHAKE, part));
            at += size;
        }
        return records;
    }
}
