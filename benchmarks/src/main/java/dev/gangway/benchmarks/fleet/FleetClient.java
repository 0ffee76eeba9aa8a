package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.BenchClient;
import dev.gangway.benchmarks.Samples;
import dev.gangway.benchmarks.server.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import org.conscrypt.Conscrypt;

/** One client with tickets of its own, which connects again and again. Used by one thread at a time. */
final class FleetClient {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int FIRST_PORT = 1000;
    private static final int PORTS = 60_000;
    private static final byte[] REQUEST = ("GET / HTTP/1.1\r\nHost: " + Chain.HOST + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final BenchClient tls;
    private final Visit visit;
    private final List<Integer> ports;
    private int node;
    // Another one for each connection without a ticket.
    private int ticketPort = FIRST_PORT;

    private long received;
    private long sent;
    private int connections;
    private final Samples nanos = new Samples();
    private final Samples ends = new Samples();

    /**
     * @param ports of the nodes
     * @param first the index of the node to begin with
     */
    FleetClient(String protocol, Visit visit, List<Integer> ports, int first, KeyManager[] keyManagers)
            throws GeneralSecurityException {
        this.tls = BenchClient.conscrypt(protocol, keyManagers);
        this.visit = visit;
        this.ports = ports;
        this.node = first % ports.size();
    }

    /** Forgets all values, but not the tickets. */
    void reset() {
        received = 0;
        sent = 0;
        connections = 0;
        nanos.clear();
        ends.clear();
        tls.forgetCount();
    }

    void connect() throws IOException {
        if (visit == Visit.FIRST) {
            ticketPort = FIRST_PORT + (ticketPort + 1 - FIRST_PORT) % PORTS;
        }
        long begin = System.nanoTime();
        try (CountingSocket plain = new CountingSocket(ticketPort)) {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(node)), TIMEOUT_MILLIS);
            exchange(plain);
            long end = System.nanoTime();
            nanos.add(end - begin);
            ends.add(end);
            received += plain.received();
            sent += plain.sent();
        }
        connections++;
        if (visit != Visit.SAME_NODE) {
            node = (node + 1) % ports.size();
        }
    }

    private void exchange(Socket plain) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) tls.context().getSocketFactory().createSocket(plain, Chain.HOST, ticketPort, true)) {
            socket.setEnabledProtocols(new String[] {tls.protocol()});
            Conscrypt.setUseSessionTickets(socket, true);
            socket.getOutputStream().write(REQUEST);
            int length = socket.getInputStream().readAllBytes().length;
            if (length < Answer.BODY.length()) {
                throw new IOException("the server answers with " + length + " bytes");
            }
        }
    }

    int connections() {
        return connections;
    }

    int resumed() {
        return connections - (int) tls.fullHandshakes();
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    /** How long each connection took. */
    Samples nanos() {
        return nanos;
    }

    /** When each connection ended, in {@link System#nanoTime}. */
    Samples ends() {
        return ends;
    }
}
