package dev.gangway.testing;

import dev.gangway.internal.wire.Handshake;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link HttpsClient}. Whoever waits for the server on it waits for 20 seconds at most. */
public final class HttpsConnection implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: (\\d+)\\r?$");

    private final ObservedSocket plain;
    private final SSLSocket socket;
    private final String host;
    private InputStream in;

    HttpsConnection(ObservedSocket plain, SSLSocket socket, String host) {
        this.plain = plain;
        this.socket = socket;
        this.host = host;
    }

    /** A GET for {@code path}, after which the connection is good for another one; gives the response's body. */
    public byte[] get(String path) throws IOException {
        send(path, "");
        if (in == null) {
            in = new BufferedInputStream(socket.getInputStream());
        }
        String head = readHead();
        Matcher length = LENGTH.matcher(head);
        if (!head.startsWith("HTTP/1.1 200") || !length.find()) {
            throw new IOException("not a response with a length: " + head);
        }
        return in.readNBytes(Integer.parseInt(length.group(1)));
    }

    /** One GET, and all that comes until the server closes. */
    String getOnce() throws IOException {
        return getOnce("/");
    }

    /** One GET for {@code path}, and all that comes until the server closes. */
    public String getOnce(String path) throws IOException {
        send(path, "Connection: close\r\n");
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Only a handshake, as far as the client has a part in it: what the server sends later has not been read. */
    public void startHandshake() throws IOException {
        socket.startHandshake();
    }

    /**
     * Waits for one more record from the server, without reading it.
     *
     * @return its type
     */
    public int awaitRecord() throws IOException {
        return plain.awaitRecord();
    }

    /** Says that nothing more is to come from this side, and reads to the end; gives the data among it. */
    public byte[] closeAndReadToTheEnd() throws IOException {
        socket.shutdownOutput();
        return socket.getInputStream().readAllBytes();
    }

    /** What the wire has shown so far. */
    public Handshake handshake() {
        return Handshake.read(plain.sent.toByteArray(), plain.received.toByteArray());
    }

    private void send(String path, String header) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int value = in.read();
            if (value < 0) {
                throw new EOFException("no whole response: " + head);
            }
            head.append((char) value);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
