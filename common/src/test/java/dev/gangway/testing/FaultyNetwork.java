package dev.gangway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between one client and a server on loopback, which a test can cut. Forwards every connection to the server
 * until then.
 */
public final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** What becomes of the bytes of a client. */
    public enum Fault {
        NONE,
        /** Connections are refused, and the existing ones reset: a router answers for the server. */
        REFUSES,
        /** No byte arrives, in either direction, and nobody says so: packets are dropped. */
        SILENT
    }

    /** Which bytes get lost when the client sends the words that a test waits for. */
    public enum Lost {
        /** The second half of these bytes, so that the server has an incomplete request. */
        REQUEST,
        /** The answer, so that the server has done what the client asked. */
        ANSWER
    }

    private record Trap(String words, Lost lost, CompletableFuture<Void> sprung) {}

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;
    private volatile Trap trap = new Trap("", Lost.REQUEST, new CompletableFuture<>());

    private FaultyNetwork(ServerSocket listening, int server) {
        this.listening = listening;
        this.server = server;
    }

    /** @param server the port of the server */
    public static FaultyNetwork to(int server) throws IOException {
        FaultyNetwork network = new FaultyNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        daemon(network::accept);
        return network;
    }

    /** The port at which the client finds the server. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Existing connections remain silent after {@link Fault#SILENT}; they are closed by any other value. */
    public void set(Fault next) {
        fault = next;
        if (next != Fault.SILENT) {
            open.forEach(FaultyNetwork::close);
        }
    }

    /**
     * From now on, a connection whose client sends {@code words} loses bytes, and forwards no answer any more.
     *
     * @return completes when a client has sent them
     */
    public CompletableFuture<Void> trap(String words, Lost lost) {
        CompletableFuture<Void> sprung = new CompletableFuture<>();
        trap = new Trap(words, lost, sprung);
        return sprung;
    }

    @Override
    public void close() {
        close(listening);
        open.forEach(FaultyNetwork::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket upstream = new Socket()) {
            open.add(upstream);
            if (fault == Fault.REFUSES || listening.isClosed()) {
                return;
            }
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            Connection connection = new Connection(client, upstream);
            daemon(connection::answers);
            connection.requests();
        } catch (IOException e) {
            // The end of this connection.
        } finally {
            open.remove(client);
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean silent;
        private volatile boolean answersAreLost;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int forwarded = isSilent() ? 0 : afterTrap(buffer, length);
                out.write(buffer, 0, forwarded);
            }
        }

        void answers() {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = upstream.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (!isSilent() && !answersAreLost) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // The end of this connection.
            } finally {
                if (!isSilent()) {
                    FaultyNetwork.close(client);
                }
                open.remove(upstream);
            }
        }

        // A connection that has been silent has lost bytes, and never works again.
        private boolean isSilent() {
            silent |= fault == Fault.SILENT;
            return silent;
        }

        private int afterTrap(byte[] buffer, int length) {
            Trap set = trap;
            boolean isMet = !set.words.isEmpty()
                    && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(set.words);
            if (!isMet) {
                return length;
            }
            // The rest of the request, such as its body, still arrives.
            silent = set.lost == Lost.REQUEST;
            answersAreLost = true;
            set.sprung.complete(null);
            return set.lost == Lost.REQUEST ? length / 2 : length;
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-network");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // Not needed any more.
        }
    }
}
