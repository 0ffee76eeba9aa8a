package dev.gangway.internal.wire;

import java.util.Arrays;

/**
 * Reads a TLS structure. Reading past its end causes an {@link IndexOutOfBoundsException}. Copies only what is taken.
 */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** From {@code start}, inclusive, to {@code end}, exclusive. */
    ByteReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    int uint8() {
        require(1);
        return bytes[at++] & 0xff;
    }

    int uint16() {
        require(2);
        at += 2;
        return (bytes[at - 2] & 0xff) << 8 | (bytes[at - 1] & 0xff);
    }

    int uint24() {
        return uint16() << 8 | uint8();
    }

    void skip(int length) {
        require(length);
        at += length;
    }

    byte[] take(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A copy of what is left. */
    public byte[] takeRest() {
        return take(remaining());
    }

    ByteReader slice(int length) {
        require(length);
        at += length;
        return new ByteReader(bytes, at - length, at);
    }

    /** A reader of the remaining bytes that does not advance this one. */
    ByteReader lookAhead() {
        return new ByteReader(bytes, at, end);
    }

    private void require(int length) {
        if (length > remaining()) {
            throw new IndexOutOfBoundsException(length + " bytes wanted, " + remaining() + " left");
        }
    }
}
