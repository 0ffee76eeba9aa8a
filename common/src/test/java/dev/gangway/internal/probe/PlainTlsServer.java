package dev.gangway.internal.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server with the JDK's TLS, which answers requests one after the other. Servers with the same context share tickets. */
final class PlainTlsServer implements AutoCloseable {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicReference<String> lastRequest = new AtomicReference<>("");

    private PlainTlsServer(ServerSocket socket) {
        this.socket = socket;
        thread.execute(this::serve);
    }

    /** @param protocols the enabled protocols; if there are none, the default ones */
    static PlainTlsServer start(SSLContext context, boolean needClientAuth, String... protocols) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(needClientAuth);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return new PlainTlsServer(socket);
    }

    /** Answers without TLS. */
    static PlainTlsServer startWithoutTls() throws IOException {
        return new PlainTlsServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    Address address() {
        return new Address("127.0.0.1", socket.getLocalPort());
    }

    String lastRequest() {
        return lastRequest.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                InputStream in = client.getInputStream();
                StringBuilder request = new StringBuilder();
                for (int c = in.read(); c >= 0; c = in.read()) {
                    request.append((char) c);
                    if (request.indexOf("\r\n\r\n") >= 0) {
                        break;
                    }
                }
                lastRequest.set(request.toString());
                client.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client has disconnected, as in some tests, or the server is closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.shutdown();
    }
}
