package dev.gangway.internal.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server with the JDK's TLS, which answers requests one after the other. Servers with the same context share tickets. */
final class PlainTlsServer implements AutoCloseable {
    private static final int RECORD_HEADER = 5;
    // The extension supported_versions of a client that offers no other version (RFC 8446 section 4.2.1).
    private static final String ONLY_TLS_1_3 = "\0\53\0\3\2\3\4";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicReference<String> lastRequest = new AtomicReference<>("");
    private final AtomicInteger connections = new AtomicInteger();
    private final Service service;

    private interface Service {
        void serve(PlainTlsServer server, Socket client) throws IOException;
    }

    private PlainTlsServer(ServerSocket socket, Service service) {
        this.socket = socket;
        this.service = service;
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
        return new PlainTlsServer(socket, PlainTlsServer::answer);
    }

    /** Answers without TLS, whatever the client sends first. */
    static PlainTlsServer startWithoutTls() throws IOException {
        return start((server, client) -> {
            client.getInputStream().read();
            client.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            // Closing a connection with unread bytes would reset it, perhaps before the client has read the answer.
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    /** Answers in TLS 1.3, and closes connections of a client that does not offer it. */
    static PlainTlsServer startThatHangsUpIn12(SSLContext context) throws IOException {
        return start((server, client) -> {
            byte[] hello = client.getInputStream().readNBytes(RECORD_HEADER);
            int length = ByteBuffer.wrap(hello).getShort(RECORD_HEADER - Short.BYTES);
            byte[] record = ByteBuffer.allocate(RECORD_HEADER + length)
                    .put(hello)
                    .put(client.getInputStream().readNBytes(length))
                    .array();
            if (new String(record, StandardCharsets.ISO_8859_1).contains(ONLY_TLS_1_3)) {
                try (Socket tls =
                        context.getSocketFactory().createSocket(client, new ByteArrayInputStream(record), true)) {
                    server.answer(tls);
                }
            }
        });
    }

    /** Resets each connection at its first request. */
    static PlainTlsServer startThatResets(SSLContext context) throws IOException {
        return start((server, client) -> {
            InputStream nothing = new ByteArrayInputStream(new byte[0]);
            Socket tls = context.getSocketFactory().createSocket(client, nothing, false);
            tls.getInputStream().read();
            client.setSoLinger(true, 0);
            client.close();
        });
    }

    private static PlainTlsServer start(Service service) throws IOException {
        return new PlainTlsServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
    }

    Address address() {
        return new Address("127.0.0.1", socket.getLocalPort());
    }

    String lastRequest() {
        return lastRequest.get();
    }

    int connections() {
        return connections.get();
    }

    private void answer(Socket client) throws IOException {
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
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                connections.incrementAndGet();
                service.serve(this, client);
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
