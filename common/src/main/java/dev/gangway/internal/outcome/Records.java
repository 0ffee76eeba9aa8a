package dev.gangway.internal.outcome;

import java.nio.ByteBuffer;

/** TLS records as they come from the network. */
final class Records {
    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;

    private Records() {}

    /** The length of the record at the position of {@code bytes}, or of what is there if that is less than a header. */
    static int firstLength(ByteBuffer bytes) {
        return bytes.remaining() < HEADER
                ? bytes.remaining()
                : HEADER + (unsigned(bytes, LENGTH_AT) << Byte.SIZE) + unsigned(bytes, LENGTH_AT + 1);
    }

    private static int unsigned(ByteBuffer bytes, int offset) {
        return Byte.toUnsignedInt(bytes.get(bytes.position() + offset));
    }
}
