package dev.gangway.testing;

import dev.gangway.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client on real sockets that keeps its tickets, and watches the wire to tell what the server did with them. */
public final class HttpsClient {
    private final TicketClient tickets;
    private final String protocol;
    private final String host;

    private HttpsClient(TicketClient tickets, String protocol, String host) {
        this.tickets = tickets;
        this.protocol = protocol;
        this.host = host;
    }

    public static HttpsClient of(String protocol) {
        return new HttpsClient(TicketClient.of(protocol), protocol, "localhost");
    }

    public static HttpsClient of(String protocol, KeyManager[] keyManagers) {
        return new HttpsClient(TicketClient.of(protocol, keyManagers), protocol, "localhost");
    }

    /** The same client, with the same tickets, asking for {@code newHost} by server name and Host header. */
    public HttpsClient at(String newHost) {
        return new HttpsClient(tickets, protocol, newHost);
    }

    /** Lets {@code change} loose on every ticket the client holds, as an attacker who owns the client could. */
    public void changeTickets(Consumer<byte[]> change) {
        tickets.changeTickets(change);
    }

    /** What one connection brought. */
    public record Exchange(Handshake handshake, String response) {
        public boolean resumed() {
            return handshake.resumed().orElseThrow();
        }

        public int status() {
            return Integer.parseInt(response.substring(9, 12));
        }

        /** The subject of the client's certificate as the application sees it; empty if it sees none. */
        public String clientCertificate() {
            return ClientCertificateHeader.in(response);
        }
    }

    /** One new connection to 127.0.0.1 and one GET on it. */
    public Exchange get(int port) throws IOException {
        try (WatchedSocket plain = new WatchedSocket(port)) {
            // The client's session cache goes by peer name and port: one name for all nodes, as behind a balancer.
            SSLSocket socket =
                    (SSLSocket) tickets.context().getSocketFactory().createSocket(plain, "fleet.invalid", 443, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            socket.close();
            return new Exchange(Handshake.read(plain.sent.toByteArray(), plain.received.toByteArray()), response);
        }
    }

    private static final class WatchedSocket extends Socket {
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();

        WatchedSocket(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            setSoTimeout(20_000);
            setTcpNoDelay(true);
        }

        // SunJSSE takes the port for its session cache from here: to the client all nodes are one server.
        @Override
        public int getPort() {
            return 443;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    if (value >= 0) {
                        received.write(value);
                    }
                    return value;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
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
}
