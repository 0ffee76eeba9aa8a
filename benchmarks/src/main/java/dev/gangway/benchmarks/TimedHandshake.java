package dev.gangway.benchmarks;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * One connection between two engines in memory: a handshake, a request, an answer. Measures the time of the whole connection
 * and of the server's part. Use the object repeatedly, so that the time to allocate buffers does not count.
 */
final class TimedHandshake {
    private static final int MAX_STEPS = 100;
    private static final int REQUEST = 200;
    private static final int ANSWER = 400;

    private final ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
    private final ByteBuffer toClient = ByteBuffer.allocate(64 * 1024);
    private final ByteBuffer received = ByteBuffer.allocate(64 * 1024);
    private final ByteBuffer request = ByteBuffer.allocate(REQUEST);
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER);
    private final ByteBuffer nothing = ByteBuffer.allocate(0);

    private long wholeNanos;
    private long serverNanos;

    /** The time from the first byte to the answer, of both sides. */
    long wholeNanos() {
        return wholeNanos;
    }

    /** The part of {@link #wholeNanos} that the server's engine took. */
    long serverNanos() {
        return serverNanos;
    }

    void run(SSLEngine client, SSLEngine server) throws SSLException {
        toServer.clear();
        toClient.clear();
        request.clear();
        answer.clear().limit(0);
        serverNanos = 0;
        long begin = System.nanoTime();
        client.beginHandshake();
        serverBegins(server);
        for (int step = 0; step < MAX_STEPS; step++) {
            long answered = step(client, toClient, toServer, request);
            if (answered == ANSWER) {
                wholeNanos = System.nanoTime() - begin;
                return;
            }
            serverSteps(server);
        }
        throw new SSLException("the handshake does not end: client " + client.getHandshakeStatus() + ", server "
                + server.getHandshakeStatus());
    }

    private void serverBegins(SSLEngine server) throws SSLException {
        long begin = System.nanoTime();
        server.beginHandshake();
        serverNanos += System.nanoTime() - begin;
    }

    private void serverSteps(SSLEngine server) throws SSLException {
        long begin = System.nanoTime();
        if (step(server, toServer, toClient, answer) == REQUEST) {
            answer.clear();
            step(server, toServer, toClient, answer);
        }
        serverNanos += System.nanoTime() - begin;
    }

    /** Continues until the engine needs bytes from the other side; returns the amount of data received. */
    private int step(SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer data) throws SSLException {
        in.flip();
        received.clear();
        boolean progress = true;
        while (progress) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks(engine);
            } else if (status == HandshakeStatus.NEED_WRAP) {
                check(engine.wrap(nothing, out));
            } else if (in.hasRemaining()) {
                SSLEngineResult result = check(engine.unwrap(in, received));
                progress = result.getStatus() != Status.BUFFER_UNDERFLOW;
            } else if (status == HandshakeStatus.NOT_HANDSHAKING && data.hasRemaining()) {
                check(engine.wrap(data, out));
            } else {
                progress = false;
            }
        }
        in.compact();
        return received.position();
    }

    private static SSLEngineResult check(SSLEngineResult result) throws SSLException {
        if (result.getStatus() == Status.CLOSED || result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("during a handshake: " + result);
        }
        return result;
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
