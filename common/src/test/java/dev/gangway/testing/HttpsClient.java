package dev.gangway.testing;

import dev.gangway.internal.wire.Handshake;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client on real sockets that keeps its tickets, and reads the bytes on the wire to find out whether it resumed. */
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

    /** The same client, with the same tickets, and {@code newHost} in server name and Host header. */
    public HttpsClient at(String newHost) {
        return new HttpsClient(tickets, protocol, newHost);
    }

    /** Changes every ticket of the client with {@code change}, as an attacker who controls the client can. */
    public void changeTickets(Consumer<byte[]> change) {
        tickets.changeTickets(change);
    }

    /** The result of one connection. */
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
        try (HttpsConnection connection = connect(port)) {
            String response = connection.getOnce();
            return new Exchange(connection.handshake(), response);
        }
    }

    /** One new connection to 127.0.0.1, for any number of requests. Its handshake is done at the first request. */
    public HttpsConnection connect(int port) throws IOException {
        ObservedSocket plain = new ObservedSocket(port);
        // The client's session cache is indexed by peer name and port: one name for all nodes, as behind a balancer.
        SSLSocket socket =
                (SSLSocket) tickets.context().getSocketFactory().createSocket(plain, "fleet.invalid", 443, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        return new HttpsConnection(plain, socket, host);
    }
}
