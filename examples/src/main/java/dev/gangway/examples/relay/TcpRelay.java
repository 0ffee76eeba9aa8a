package dev.gangway.examples.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A simple balancer: forwards TCP connections on the loopback interface to its upstreams in turn, except those that do not
 * answer. It does not terminate TLS, and does not return clients to the upstream that they had before.
 */
public final class TcpRelay implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int BACKLOG = 512;

    private final ServerSocket listening;
    private final List<Integer> upstreamPorts;
    private final RelayListener listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(TcpRelay::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> accepting;

    private TcpRelay(ServerSocket listening, List<Integer> upstreamPorts, RelayListener listener) {
        this.listening = listening;
        this.upstreamPorts = List.copyOf(upstreamPorts);
        this.listener = listener;
        this.accepting = CompletableFuture.runAsync(this::accept, threads);
    }

    /**
     * @param port to listen on; 0 for any free port
     * @param upstreamPorts at least one, all on the loopback interface
     * @throws IOException if the port is not free
     */
    public static TcpRelay start(int port, List<Integer> upstreamPorts, RelayListener listener) throws IOException {
        if (upstreamPorts.isEmpty()) {
            throw new IllegalArgumentException("a relay needs at least one upstream");
        }
        ServerSocket listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(loopback(port), BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw new IOException("port " + port + " cannot be had: " + e.getMessage(), e);
        }
        return new TcpRelay(listening, upstreamPorts, listener);
    }

    /** The port that it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Stops listening and closes all connections. After this call no client can connect. */
    @Override
    public void close() {
        closeQuietly(listening);
        // The kernel continues to listen as long as a thread is in accept().
        accepting.join();
        open.forEach(TcpRelay::closeQuietly);
        threads.shutdown();
    }

    private void accept() {
        for (long id = 0; !listening.isClosed(); id++) {
            try {
                Socket client = listening.accept();
                long accepted = id;
                threads.execute(() -> serve(client, accepted));
            } catch (IOException | RejectedExecutionException e) {
                // The relay is closed, or the client has disconnected before it was accepted.
            }
        }
    }

    private void serve(Socket client, long id) {
        open.add(client);
        try {
            for (int attempt = 0; attempt < upstreamPorts.size(); attempt++) {
                int upstream = (int) ((id + attempt) % upstreamPorts.size());
                Socket server = new Socket();
                open.add(server);
                try {
                    if (connect(server, upstream)) {
                        relay(client, server, new RelayedConnection(id, upstream, server.getLocalPort()));
                        return;
                    }
                } finally {
                    open.remove(server);
                    closeQuietly(server);
                }
            }
        } finally {
            open.remove(client);
            closeQuietly(client);
        }
    }

    private boolean connect(Socket server, int upstream) {
        try {
            server.connect(loopback(upstreamPorts.get(upstream)), CONNECT_TIMEOUT_MILLIS);
            // close() may have closed the open sockets before these two were among them.
            return !listening.isClosed();
        } catch (IOException e) {
            return false;
        }
    }

    private void relay(Socket client, Socket server, RelayedConnection connection) {
        listener.opened(connection);
        try {
            CompletableFuture<Void> back =
                    CompletableFuture.runAsync(() -> pump(server, client, Direction.FROM_SERVER, connection), threads);
            pump(client, server, Direction.FROM_CLIENT, connection);
            back.join();
        } catch (RejectedExecutionException e) {
            // Closed at this moment; the caller closes both sockets.
        } finally {
            listener.closed(connection);
        }
    }

    private static void pump(Socket from, Socket to, Direction direction, RelayedConnection connection) {
        byte[] buffer = new byte[16 * 1024];
        try {
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                connection.note(direction, buffer, length);
                out.write(buffer, 0, length);
            }
            // There may still be bytes in the other direction.
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // The socket is no longer needed.
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        return thread;
    }
}
