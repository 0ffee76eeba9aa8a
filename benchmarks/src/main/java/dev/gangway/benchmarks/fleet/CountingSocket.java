package dev.gangway.benchmarks.fleet;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A TCP connection that counts its bytes. Conscrypt finds tickets by host name and the number that {@link #getPort} returns,
 * which is the same here for all nodes. Used by one thread.
 */
final class CountingSocket extends Socket {
    private final int ticketPort;
    private long received;
    private long sent;

    CountingSocket(int ticketPort) {
        this.ticketPort = ticketPort;
    }

    @Override
    public int getPort() {
        return ticketPort;
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                received += value < 0 ? 0 : 1;
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                received += Math.max(0, count);
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                sent += length;
            }

            @Override
            public void write(int value) throws IOException {
                out.write(value);
                sent++;
            }
        };
    }
}
