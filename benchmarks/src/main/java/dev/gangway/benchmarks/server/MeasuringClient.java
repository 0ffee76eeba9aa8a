package dev.gangway.benchmarks.server;

import dev.gangway.benchmarks.BenchClient;
import dev.gangway.examples.container.TlsContainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/** Connects to one server repeatedly, and measures the time. */
final class MeasuringClient {
    private static final String HOST = "127.0.0.1";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TlsContainer server;
    private final BenchClient client;
    private int connections;

    MeasuringClient(TlsContainer server, String protocol) throws GeneralSecurityException {
        this.server = server;
        this.client = new BenchClient(protocol);
    }

    /** The time from before the connection to after the last byte of the answer, in nanoseconds. */
    long connect() throws IOException {
        long begin = System.nanoTime();
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), TIMEOUT_MILLIS);
            try (SSLSocket tls =
                    (SSLSocket) client.context().getSocketFactory().createSocket(plain, HOST, server.port(), true)) {
                tls.setEnabledProtocols(new String[] {client.protocol()});
                tls.getOutputStream().write(REQUEST);
                byte[] answer = tls.getInputStream().readAllBytes();
                long nanos = System.nanoTime() - begin;
                if (answer.length < Answer.BODY.length()) {
                    throw new IOException("the server answers with " + answer.length + " bytes");
                }
                connections++;
                return nanos;
            }
        }
    }

    /** Whether all connections except the first were resumed. */
    boolean resumes() {
        return connections > 1 && client.fullHandshakes() == 1;
    }

    @Override
    public String toString() {
        return client.fullHandshakes() + " of " + connections + " handshakes were full";
    }
}
