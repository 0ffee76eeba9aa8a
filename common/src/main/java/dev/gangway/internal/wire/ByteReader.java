package dev.gangway.internal.wire;

import java.util.Arrays;

/** Walks through a TLS structure; stepping outside it is an {@link IndexOutOfBoundsException}. Copies only what is taken. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** From {@code start} to before {@code end}. */
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

    byte[] takeRest() {
        return take(remaining());
    }

    ByteReader slice(int length) {
        require(length);
        at += length;
        return new ByteReader(bytes, at - length, at);
    }

    /** A reader of the same bytes that leaves this one where it is. */
    ByteReader lookAhead() {
        return new ByteReader(bytes, at, end);
    }

    private void require(int length) {
        if (length > remaining()) {
            throw new IndexOutOfBoundsException(length + " bytes wanted, " + remaining() + " left");
        }
    }
}
