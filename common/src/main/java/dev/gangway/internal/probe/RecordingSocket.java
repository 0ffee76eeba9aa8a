package dev.gangway.internal.probe;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A plain socket that keeps a copy of all that goes through it, for a TLS socket on top of it. It also decides how long to
 * wait for a server that sends no more.
 */
final class RecordingSocket extends Socket {
    // JSSE looks for a session to resume under the host it is told, and the port of this socket.
    private static final int PORT_OF_ALL_NODES = 443;

    private static final int POLL_MILLIS = 100;
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Duration limit;
    private final long deadline;
    private boolean mayEnd;
    private boolean isOver;
    private int receivedBefore;

    /** @param limit how long the connection may take, from now on */
    RecordingSocket(Duration limit) {
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Reading from this socket ended because the server sends no more, which need not be a fault. */
    static final class NoMoreException extends SocketTimeoutException {
        private static final long serialVersionUID = 1L;

        NoMoreException() {
            super("the server sends no more");
        }
    }

    void open(SocketAddress address) throws IOException {
        setTcpNoDelay(true);
        connect(address, Math.max(1, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE)));
        setSoTimeout(POLL_MILLIS);
    }

    /**
     * From now on, reading ends with a {@link NoMoreException} when the server has been silent for some time.
     *
     * @param awaitsRecord whether it has to send something first
     */
    void mayEnd(boolean awaitsRecord) {
        mayEnd = true;
        receivedBefore = awaitsRecord ? received.size() : -1;
    }

    /** Whether the server has sent something since {@link #mayEnd}. */
    boolean receivedMore() {
        return received.size() > receivedBefore;
    }

    /** Not the real one, so that the JDK's client offers the ticket of one node to another. */
    @Override
    public int getPort() {
        return PORT_OF_ALL_NODES;
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    byte[] received() {
        return received.toByteArray();
    }

    private int read(InputStream in, byte[] buffer, int offset, int length) throws IOException {
        long idleSince = System.nanoTime();
        while (true) {
            try {
                int count = in.read(buffer, offset, length);
                if (count > 0) {
                    received.write(buffer, offset, count);
                    requireInTime();
                }
                return count;
            } catch (SocketTimeoutException e) {
                long now = System.nanoTime();
                boolean isPastLimit = now - deadline > 0;
                boolean isIdle = receivedMore() && now - idleSince > IDLE.toNanos();
                isOver |= mayEnd && (isPastLimit || isIdle);
                if (isOver) {
                    throw new NoMoreException();
                }
                if (isPastLimit) {
                    throw e;
                }
            }
        }
    }

    // A server may send without end, and this socket keeps what it sends.
    private void requireInTime() throws SocketTimeoutException {
        if (System.nanoTime() - deadline > 0) {
            isOver |= mayEnd;
            throw mayEnd ? new NoMoreException() : new SocketTimeoutException("the server sends without end");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return RecordingSocket.this.read(in, buffer, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                sent.write(value);
                out.write(value);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                sent.write(buffer, offset, length);
                out.write(buffer, offset, length);
            }
        };
    }
}
