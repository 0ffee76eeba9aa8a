package dev.gangway.examples.jsse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketResumption;
import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The JDK's own {@link HttpsServer} with ticket-only resumption. Nodes with the same ticket keys resume each other's sessions. */
public final class JdkHttpsNode implements AutoCloseable {
    private final HttpsServer server;
    private final TicketResumption tickets;

    private JdkHttpsNode(HttpsServer server, TicketResumption tickets) {
        this.server = server;
        this.tickets = tickets;
    }

    /**
     * Starts a node on the loopback interface.
     *
     * @param port 0 for any free one
     * @throws KeySourceException if there are no ticket keys
     * @throws GeneralSecurityException if the certificate cannot be used, or tickets do not work in this JVM
     * @throws IOException if the key store cannot be read, or the port is not free
     */
    public static JdkHttpsNode start(TicketSettings settings, ServerKeyStore certificate, int port)
            throws KeySourceException, GeneralSecurityException, IOException {
        TicketResumption tickets = TicketResumption.start(settings);
        try {
            SSLContext context = tickets.newSslContext(ClientAuth.NONE);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate.load(), certificate.password().toCharArray());
            context.init(keys.getKeyManagers(), null, null);

            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.createContext("/", JdkHttpsNode::answer);
            server.start();
            tickets.showInJmx("HttpsServer");
            return new JdkHttpsNode(server, tickets);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            tickets.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The state, the keys and the counts of handshakes. */
    public TicketKeysMXBean ticketKeys() {
        return tickets.ticketKeys();
    }

    @Override
    public void close() {
        server.stop(0);
        tickets.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = "hello\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
