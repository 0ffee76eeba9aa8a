package dev.gangway.benchmarks.fleet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The two commands that a session cache needs, in Redis' protocol. */
final class RedisConnection implements AutoCloseable {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Socket socket;
    private final InputStream in;

    RedisConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The value of {@code key}, or null. */
    byte[] get(byte[] key) throws IOException {
        send(ascii("GET"), key);
        String header = header('$');
        int length = Integer.parseInt(header);
        if (length < 0) {
            return null;
        }
        byte[] value = in.readNBytes(length);
        in.readNBytes(LINE_END.length);
        return value;
    }

    void set(byte[] key, byte[] value, Duration lifetime) throws IOException {
        send(ascii("SET"), key, value, ascii("EX"), ascii(String.valueOf(lifetime.toSeconds())));
        header('+');
    }

    private void send(byte[]... parts) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(ascii("*" + parts.length + "\r\n"));
        for (byte[] part : parts) {
            command.writeBytes(ascii("$" + part.length + "\r\n"));
            command.writeBytes(part);
            command.writeBytes(LINE_END);
        }
        socket.getOutputStream().write(command.toByteArray());
    }

    private String header(char expected) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) next);
        }
        if (line.charAt(0) != expected) {
            throw new IOException("Redis answers " + line);
        }
        return line.substring(1).strip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
