package dev.gangway.internal.engine;

import dev.gangway.internal.engine.CheckedEngine.Passed;
import dev.gangway.testing.TlsBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One connection between the engines of a server and a client. At first the test calls the server in any order and with any
 * buffers, then as {@code SSLEngine} requires until the end. Each call depends only on the seed and the number of the call,
 * so two servers get the same calls even if their results differ.
 */
final class RandomConversation {
    /** How the connection ends, apart from the end of the data. */
    enum Close {
        AT_THE_END,
        BY_SERVER,
        BY_CLIENT,
        INBOUND_BY_SERVER
    }

    private static final int RANDOM_CALLS = 80;
    private static final int MOST_STEPS = 5_000;
    private static final int LARGE = 60_000;

    final CheckedEngine server;
    final CheckedEngine client;
    final Close close;
    /** Whether all calls follow the rules from the beginning. */
    final boolean isOrderly;

    final Flow toClient;
    final Flow toServer;

    private final long seed;
    private final int closeAt;

    /** The data of one direction, and its bytes on the wire. */
    static final class Flow {
        final byte[] data;
        int sent;
        byte[] wire = {};
        byte[] arrived = {};

        Flow(Random random) {
            data = new byte[List.of(0, 1, 100, 20_000, 70_000).get(random.nextInt(5))];
            random.nextBytes(data);
        }

        byte[] next(int most) {
            return Arrays.copyOfRange(data, sent, Math.min(data.length, sent + most));
        }

        boolean isComplete() {
            return sent == data.length && Arrays.equals(arrived, data);
        }

        boolean hasLost() {
            return !Arrays.equals(arrived, Arrays.copyOf(data, sent));
        }

        boolean isPrefix() {
            return arrived.length <= sent && Arrays.equals(arrived, Arrays.copyOf(data, arrived.length));
        }
    }

    RandomConversation(CheckedEngine server, SSLEngine client, long seed) {
        this.server = server;
        this.client = new CheckedEngine(client, true);
        this.seed = seed;
        Random random = new Random(seed);
        toClient = new Flow(random);
        toServer = new Flow(random);
        // Half of the connections end by the rules, and some of them begin by the rules too.
        close = random.nextBoolean() ? Close.AT_THE_END : Close.values()[random.nextInt(4)];
        isOrderly = close == Close.AT_THE_END && random.nextInt(3) == 0;
        closeAt = random.nextInt(RANDOM_CALLS);
    }

    void run() throws SSLException {
        client.engine.beginHandshake();
        server.engine.beginHandshake();
        for (int call = 0; call < RANDOM_CALLS && !isOrderly; call++) {
            if (call == closeAt) {
                closeEarly();
            }
            Random random = new Random(seed * RANDOM_CALLS + call);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> wrapAnyhow(random);
                case 3, 4, 5 -> unwrapAnyhow(random);
                case 6 -> server.runTask();
                default -> step(client, random, toServer, toClient);
            }
        }
        finish();
    }

    private void closeEarly() {
        switch (close) {
            case BY_SERVER -> server.closeOutbound();
            case BY_CLIENT -> client.closeOutbound();
            case INBOUND_BY_SERVER -> server.closeInbound();
            case AT_THE_END -> {
                // Later.
            }
        }
    }

    private void wrapAnyhow(Random random) {
        int data = List.of(0, 1, 1_000, 16_200 + random.nextInt(400), LARGE).get(random.nextInt(5));
        wrap(server, random, toClient, server.closing ? 0 : data, room(random), random.nextBoolean());
    }

    private void unwrapAnyhow(Random random) {
        int packets = random.nextBoolean() ? LARGE : random.nextInt(2_000);
        byte[] seen = Arrays.copyOf(toServer.wire, Math.min(packets, toServer.wire.length));
        unwrap(server, random, toServer, seen, room(random), random.nextBoolean());
    }

    private int room(Random random) {
        int exact = server.engine.getSession().getPacketBufferSize();
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(50);
            case 1 -> random.nextInt(exact);
            case 2 -> LARGE;
            default -> exact;
        };
    }

    // By the rules, with buffers of the sizes that the engine requires.
    private boolean step(CheckedEngine side, Random random, Flow out, Flow in) {
        boolean progress = false;
        while (side.runTask()) {
            progress = true;
        }
        HandshakeStatus status = side.status();
        boolean sends = status == HandshakeStatus.NOT_HANDSHAKING && !side.closing && out.sent < out.data.length;
        if (!side.engine.isOutboundDone() && (status == HandshakeStatus.NEED_WRAP || sends || side.closing)) {
            int packet = side.engine.getSession().getPacketBufferSize();
            progress |= wrap(side, random, out, sends ? 20_000 : 0, packet, true);
        }
        if (in.wire.length > 0) {
            int application = side.engine.getSession().getApplicationBufferSize();
            progress |= unwrap(side, random, in, in.wire, application, true);
        }
        return progress;
    }

    private boolean wrap(CheckedEngine side, Random random, Flow out, int most, int room, boolean asks) {
        Passed passed = side.wrap(random, out.next(most), room, asks);
        out.sent += passed.consumed;
        out.wire = TlsBytes.join(out.wire, passed.produced);
        return passed.isProgress();
    }

    private static boolean unwrap(CheckedEngine side, Random random, Flow in, byte[] seen, int room, boolean asks) {
        Passed passed = side.unwrap(random, seen, room, asks);
        in.wire = Arrays.copyOfRange(in.wire, passed.consumed, in.wire.length);
        in.arrived = TlsBytes.join(in.arrived, passed.produced);
        return passed.isProgress();
    }

    private void finish() {
        Random random = new Random(-seed);
        goOn(random);
        boolean wasWhole = toClient.isComplete() && toServer.isComplete();
        server.require(close != Close.AT_THE_END || wasWhole, "data is missing on a connection that was not closed");
        server.closeOutbound();
        client.closeOutbound();
        goOn(random);
        server.require(server.engine.isOutboundDone(), "outbound is not done after closeOutbound and all that it sent");
    }

    private void goOn(Random random) {
        int idle = 0;
        // A status may change without any bytes.
        for (int steps = 0; idle < 3; steps++) {
            boolean progress = step(server, random, toClient, toServer);
            progress |= step(client, random, toServer, toClient);
            idle = progress ? 0 : idle + 1;
            if (steps > MOST_STEPS) {
                server.require(false, "no end");
                return;
            }
        }
    }
}
