package dev.gangway.examples.probe;

import dev.gangway.internal.handshake.TrustAnyServer;
import dev.gangway.internal.wire.Handshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One client: its tickets are in its own {@code SSLContext}, and go with it. */
final class TicketClient {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ProbeSettings settings;
    private final SSLContext context;

    TicketClient(ProbeSettings settings) {
        this.settings = settings;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyServer()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    /** Connects, asks for one page, and reads to the end: in TLS 1.3 the tickets come with the answer. */
    Attempt connect() throws IOException {
        try (RecordingSocket wire = new RecordingSocket()) {
            wire.setTcpNoDelay(true);
            wire.setSoTimeout(TIMEOUT_MILLIS);
            wire.connect(new InetSocketAddress(settings.host(), settings.port()), TIMEOUT_MILLIS);
            long connected = System.nanoTime();
            // Host and port are the key under which JSSE finds the session for the next connection.
            try (SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(wire, settings.host(), settings.port(), true)) {
                tls.setEnabledProtocols(new String[] {settings.tls().protocol()});
                tls.startHandshake();
                long handshakeNanos = System.nanoTime() - connected;
                tls.getOutputStream().write(REQUEST);
                String answer = new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    throw new IOException(
                            "the server answers: " + answer.lines().findFirst().orElse("nothing"));
                }
                boolean resumed = Handshake.read(wire.sent(), wire.received())
                        .resumed()
                        .orElseThrow(() -> new IOException("the handshake on the wire is not complete"));
                return new Attempt(resumed, handshakeNanos);
            }
        }
    }
}
