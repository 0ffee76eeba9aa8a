package dev.gangway.wire;

import java.util.Arrays;

/** Walks through a TLS structure; stepping outside it is an {@link IndexOutOfBoundsException}. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** From {@code start} to the end. */
    ByteReader(byte[] bytes, int start) {
        this(bytes, start, bytes.length);
    }

    private ByteReader(byte[] bytes, int start, int end) {
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
        return uint8() << 8 | uint8();
    }

    int uint24() {
        return uint16() << 8 | uint8();
    }

    byte[] take(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
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
