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

/** One connection of a {@link HttpsClient}, with a time limit of 20 seconds for each wait. */
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

    /** Sends a GET for {@code path}, keeps the connection open, and returns the response's body. */
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

    /** Sends one GET, and reads until the server closes the connection. */
    String getOnce() throws IOException {
        return getOnce("/");
    }

    /** Sends one GET for {@code path}, and reads until the server closes the connection. */
    public String getOnce(String path) throws IOException {
        send(path, "Connection: close\r\n");
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Does only the handshake, and does not read what the server sends after it. */
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

    /** Sends close_notify, reads to the end, and returns the data. */
    public byte[] closeAndReadToTheEnd() throws IOException {
        socket.shutdownOutput();
        return socket.getInputStream().readAllBytes();
    }

    /** The handshake, from the bytes on the wire so far. */
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
