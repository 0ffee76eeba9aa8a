package dev.gangway.internal.selftest;

import dev.gangway.internal.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One TLS connection of a client over a socket, to the end of the handshake and the first ticket, with an orderly
 * close. It sends no request.
 */
final class SocketHandshake implements AutoCloseable {
    private static final Pattern NOT_ALLOWED = Pattern.compile("(?i)permission denied|not permitted|not allowed");
    private static final Duration LONGEST_WAIT_FOR_ANOTHER_TICKET = Duration.ofSeconds(5);

    private final SocketChannel channel;
    private final Selector selector;
    private long deadline;

    private final SSLEngine client;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;
    private final ByteBuffer plain;
    private boolean gotRecordAfterHandshake;

    private SocketHandshake(SocketChannel channel, SSLEngine client, Duration limit) throws IOException {
        this.channel = channel;
        this.client = client;
        this.deadline = System.nanoTime() + limit.toNanos();
        int packet = client.getSession().getPacketBufferSize();
        this.incoming = ByteBuffer.allocate(4 * packet);
        this.outgoing = ByteBuffer.allocate(packet);
        this.plain = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
        channel.configureBlocking(false);
        this.selector = Selector.open();
    }

    /**
     * @param client a client engine that has not been used
     * @param limit how long the connection may take, from now to its last byte
     * @throws UnreachableException if there is no connection, so that nothing is known about the server
     */
    static SocketHandshake connect(SocketAddress address, SSLEngine client, Duration limit) throws IOException {
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            SocketHandshake handshake = new SocketHandshake(channel, client, limit);
            handshake.connect(address);
            return handshake;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void connect(SocketAddress address) throws IOException {
        channel.register(selector, SelectionKey.OP_CONNECT);
        try {
            boolean isConnected = channel.connect(address);
            while (!isConnected) {
                await(SelectionKey.OP_CONNECT);
                isConnected = channel.finishConnect();
            }
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
            throw new UnreachableException(address, e);
        } catch (SocketException e) {
            if (e.getMessage() != null && NOT_ALLOWED.matcher(e.getMessage()).find()) {
                throw new UnreachableException(address, e);
            }
            throw e;
        }
    }

    /** No connection, for a reason between a client in this process and the connector. */
    static final class UnreachableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreachableException(SocketAddress address, IOException cause) {
            super("no connection to " + address + " from this process: " + cause, cause);
        }
    }

    /** Sends bytes that come before TLS. */
    void sendBefore(byte[] header) throws IOException {
        write(ByteBuffer.wrap(header));
    }

    /**
     * Does the whole handshake, in TLS 1.3 up to the first ticket, then sends close_notify and waits until the server
     * has closed the connection.
     */
    Handshake complete() throws IOException {
        client.beginHandshake();
        while (!isComplete()) {
            step();
        }
        if (client.getSession().getProtocol().equals("TLSv1.3")) {
            awaitTicket();
        }
        Handshake handshake = seen();
        closeInOrder();
        return handshake;
    }

    /** Does the handshake only until the server has answered with a ServerHello. */
    Handshake answer() throws IOException {
        client.beginHandshake();
        while (seen().protocol().isEmpty()) {
            step();
        }
        return seen();
    }

    /** The handshake as far as the bytes show it. */
    private Handshake seen() throws IOException {
        try {
            return Handshake.read(sent.toByteArray(), received.toByteArray());
        } catch (IndexOutOfBoundsException e) {
            throw new SSLException("what the server sends is not TLS", e);
        }
    }

    private boolean isComplete() {
        return client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && !client.getSession().getProtocol().equals("NONE");
    }

    // In TLS 1.3 the ticket comes after the handshake. Some servers do not complete, and so do not count, the handshake
    // of a client that closes before it. A client that was resumed needs no new ticket.
    private void awaitTicket() throws IOException {
        boolean isResumed = seen().resumed().equals(Optional.of(true));
        if (isResumed) {
            deadline = Math.min(deadline, System.nanoTime() + LONGEST_WAIT_FOR_ANOTHER_TICKET.toNanos());
        }
        try {
            while (!gotRecordAfterHandshake) {
                step();
            }
        } catch (SocketTimeoutException e) {
            if (!isResumed) {
                throw e;
            }
        }
    }

    private void step() throws IOException {
        runTasks();
        if (client.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap();
        } else if (!unwrap()) {
            read();
        }
    }

    private void wrap() throws IOException {
        client.wrap(ByteBuffer.allocate(0), outgoing);
        outgoing.flip();
        sent.write(outgoing.array(), 0, outgoing.limit());
        write(outgoing);
        outgoing.clear();
    }

    /** @return whether there was progress */
    private boolean unwrap() throws IOException {
        if (incoming.position() == 0 && client.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP_AGAIN) {
            return false;
        }
        boolean wasHandshaking = client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
        incoming.flip();
        SSLEngineResult result;
        try {
            result = client.unwrap(incoming, plain);
        } finally {
            incoming.compact();
        }
        plain.clear();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new EOFException("the server closed the connection during the handshake");
        }
        gotRecordAfterHandshake |= !wasHandshaking && result.bytesConsumed() > 0;
        return result.bytesConsumed() > 0 || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    private void read() throws IOException {
        int start = incoming.position();
        int count = channel.read(incoming);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(incoming);
        }
        if (count < 0) {
            throw new EOFException("the server closed the connection unexpectedly");
        }
        received.write(incoming.array(), start, count);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private void await(int operation) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0) {
            throw Thread.currentThread().isInterrupted()
                    ? new InterruptedIOException("the test was interrupted")
                    : new SocketTimeoutException("the server does not answer");
        }
        selector.selectedKeys().clear();
    }

    // Without close_notify, servers would log an error. When a server closes in turn, it has counted the handshake.
    private void closeInOrder() {
        runTasks();
        try {
            client.closeOutbound();
            while (!client.isOutboundDone() && client.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                wrap();
            }
            channel.shutdownOutput();
            ByteBuffer rest = ByteBuffer.allocate(incoming.capacity());
            for (int count = 0; count >= 0; count = channel.read(rest.clear())) {
                if (count == 0) {
                    await(SelectionKey.OP_READ);
                }
            }
        } catch (IOException e) {
            // The result of the handshake is already known.
        }
    }

    private void runTasks() {
        for (Runnable task = client.getDelegatedTask(); task != null; task = client.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
