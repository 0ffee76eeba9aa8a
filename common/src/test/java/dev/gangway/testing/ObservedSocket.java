package dev.gangway.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A socket to 127.0.0.1 for a TLS client, which records all bytes that it has sent and received. */
final class ObservedSocket extends Socket {
    private static final int RECORD_HEADER = 5;

    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    // Read by awaitRecord, but not yet by the TLS client.
    private ByteArrayInputStream ahead = new ByteArrayInputStream(new byte[0]);

    ObservedSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setSoTimeout((int) Await.TIMEOUT.toMillis());
        setTcpNoDelay(true);
    }

    /**
     * Waits for the next record after those that the TLS client has read, and leaves it for the client.
     *
     * @return the record's type
     */
    int awaitRecord() throws IOException {
        DataInputStream wire = new DataInputStream(super.getInputStream());
        byte[] header = new byte[RECORD_HEADER];
        wire.readFully(header);
        byte[] content = new byte[(header[3] & 0xff) << 8 | (header[4] & 0xff)];
        wire.readFully(content);
        ahead = new ByteArrayInputStream(TlsBytes.join(ahead.readAllBytes(), header, content));
        return header[0];
    }

    // SunJSSE uses this port in its session cache, so for the client all nodes are the same server.
    @Override
    public int getPort() {
        return 443;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = ahead.available() > 0 ? ahead.read() : in.read();
                if (value >= 0) {
                    received.write(value);
                }
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = (ahead.available() > 0 ? ahead : in).read(buffer, offset, length);
                if (count > 0) {
                    received.write(buffer, offset, count);
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                sent.write(buffer, offset, length);
                out.write(buffer, offset, length);
            }
        };
    }
}
