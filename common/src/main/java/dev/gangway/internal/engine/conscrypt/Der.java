package dev.gangway.internal.engine.conscrypt;

import java.util.Arrays;

/** Reads DER. Reading past its end, or data that is not DER, causes an {@link IndexOutOfBoundsException}. */
final class Der {
    private static final int LONG_FORM = 0x80;

    private final byte[] bytes;
    private final int end;
    private int at;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean hasNext() {
        return at < end;
    }

    Element next() {
        int start = at;
        int tag = uint8();
        int length = uint8();
        if (length >= LONG_FORM) {
            int size = length - LONG_FORM;
            if (size == 0 || size > 3) {
                throw new IndexOutOfBoundsException("a length of " + size + " bytes");
            }
            length = 0;
            for (int i = 0; i < size; i++) {
                length = length << 8 | uint8();
            }
        }
        int from = at;
        if (length > end - from) {
            throw new IndexOutOfBoundsException(length + " bytes wanted, " + (end - from) + " left");
        }
        at = from + length;
        return new Element(bytes, tag, start, from, at);
    }

    private int uint8() {
        if (at >= end) {
            throw new IndexOutOfBoundsException("the end at " + end);
        }
        return bytes[at++] & 0xff;
    }

    /** One tag with its content. */
    static final class Element {
        private final byte[] in;
        private final int tag;
        private final int start;
        private final int from;
        private final int to;

        private Element(byte[] in, int tag, int start, int from, int to) {
            this.in = in;
            this.tag = tag;
            this.start = start;
            this.from = from;
            this.to = to;
        }

        int tag() {
            return tag;
        }

        Der content() {
            return new Der(in, from, to);
        }

        byte[] bytes() {
            return Arrays.copyOfRange(in, from, to);
        }

        /** Includes tag and length. */
        byte[] encoded() {
            return Arrays.copyOfRange(in, start, to);
        }

        /** The value of an INTEGER that is not negative. */
        long integer() {
            if (tag != 2 || from == to || to - from > Long.BYTES + 1 || in[from] < 0) {
                throw new IndexOutOfBoundsException("no integer");
            }
            long value = 0;
            for (int i = from; i < to; i++) {
                value = value << 8 | (in[i] & 0xff);
            }
            return value;
        }
    }
}
