package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Chunk;
import dev.gangway.examples.relay.Direction;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the bytes of a connection as RFC 5246 and RFC 8446 specify. */
final class SyntheticTls {
    private static final int HANDSHAKE = 22;

    private final List<Chunk> chunks = new ArrayList<>();
    private int millis = 5;

    List<Chunk> chunks() {
        return chunks;
    }

    /** Each call adds one chunk, a millisecond after the previous one. */
    SyntheticTls client(byte[]... records) {
        chunks.add(new Chunk(Direction.FROM_CLIENT, Duration.ofMillis(millis++), concat(records)));
        return this;
    }

    SyntheticTls server(byte[]... records) {
        chunks.add(new Chunk(Direction.FROM_SERVER, Duration.ofMillis(millis++), concat(records)));
        return this;
    }

    static byte[] record(int type, byte[] content) {
        return concat(bytes(type, 3, 3), uint16(content.length), content);
    }

    static byte[] handshake(byte[]... messages) {
        return record(HANDSHAKE, concat(messages));
    }

    static byte[] message(int type, byte[]... body) {
        byte[] all = concat(body);
        return concat(bytes(type, 0), uint16(all.length), all);
    }

    static byte[] clientHello(byte[]... extensions) {
        byte[] all = concat(extensions);
        byte[] fixed = concat(bytes(3, 3), new byte[32], bytes(0), bytes(0, 2, 0x13, 1), bytes(1, 0));
        return message(1, fixed, uint16(all.length), all);
    }

    static byte[] serverHello(byte[]... extensions) {
        byte[] all = concat(extensions);
        return message(2, bytes(3, 3), new byte[32], bytes(0), bytes(0x13, 1), bytes(0), uint16(all.length), all);
    }

    static byte[] extension(int type, byte[]... body) {
        byte[] all = concat(body);
        return concat(uint16(type), uint16(all.length), all);
    }

    /** A vector with a length field of two bytes. */
    static byte[] vector(byte[]... content) {
        byte[] all = concat(content);
        return concat(uint16(all.length), all);
    }

    /** 0, 1, 2, … */
    static byte[] ticket(int length) {
        byte[] ticket = new byte[length];
        for (int i = 0; i < length; i++) {
            ticket[i] = (byte) i;
        }
        return ticket;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] uint16(int value) {
        return bytes(value >> 8, value);
    }
}
