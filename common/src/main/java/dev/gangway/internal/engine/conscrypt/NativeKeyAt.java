package dev.gangway.internal.engine.conscrypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A ticket key in BoringSSL's memory. Valid only as long as BoringSSL does not rotate, so it is looked up again before
 * each use and never kept.
 */
record NativeKeyAt(Memory memory, long address) {
    byte[] name() throws IOException {
        return memory.read(address, NativeKey.NAME_LENGTH);
    }

    /** Unix second at which BoringSSL rotates the key away (current) or frees it (previous); 0 for never. */
    long rotateAt() throws IOException {
        return SslCtx.word(memory, address + NativeKey.ROTATION_OFFSET);
    }

    void setRotateAt(long unixSecond) throws IOException {
        memory.write(
                address + NativeKey.ROTATION_OFFSET,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(unixSecond)
                        .array());
    }

    void write(NativeKey key, long rotateAt) throws IOException {
        byte[] struct = key.struct(rotateAt);
        try {
            memory.write(address, struct);
        } finally {
            Arrays.fill(struct, (byte) 0);
        }
    }
}
