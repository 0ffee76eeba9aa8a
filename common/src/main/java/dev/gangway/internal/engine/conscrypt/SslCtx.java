package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How BoringSSL lays out memory: native byte order, and before each block its size, written by the allocator. */
final class SslCtx {
    private static final int SIZE_PREFIX = 8;
    private static final int MIN_LENGTH = 256;
    private static final int MAX_LENGTH = 4096;
    // In bits.
    private static final int LONGEST_ADDRESS = 52;
    private static final int TAG_SHIFT = 56;

    private SslCtx() {}

    /**
     * The whole {@code SSL_CTX}.
     *
     * @throws InstallationException if the address or the size cannot be that of an {@code SSL_CTX}
     */
    static ByteBuffer read(Memory memory, long address) throws IOException, InstallationException {
        if (!isPlausibleAddress(address)) {
            throw unknownLayout("0x" + Long.toHexString(address) + " is not an address of an SSL_CTX");
        }
        long size = sizeOf(memory, address);
        if (size < MIN_LENGTH || size > MAX_LENGTH || size % Long.BYTES != 0) {
            throw unknownLayout("an SSL_CTX of " + size + " bytes is not plausible");
        }
        return ByteBuffer.wrap(memory.read(address, (int) size)).order(ByteOrder.nativeOrder());
    }

    /** The size of the block at {@code address}, in bytes. */
    static long sizeOf(Memory memory, long address) throws IOException {
        return word(memory, address - SIZE_PREFIX);
    }

    /** The 64-bit word at {@code address}. */
    static long word(Memory memory, long address) throws IOException {
        return ByteBuffer.wrap(memory.read(address, Long.BYTES))
                .order(ByteOrder.nativeOrder())
                .getLong();
    }

    /**
     * Whether {@code address} is aligned and may lie in user space: up to 2^47 on x86-64, 2^48 on most 64-bit Arm
     * systems, and 2^52 on those with large addresses, in each case below a byte that Arm lets programs use as a tag.
     */
    static boolean isPlausibleAddress(long address) {
        long untagged = untagged(address);
        return untagged > 4096 && untagged >>> LONGEST_ADDRESS == 0 && address % Long.BYTES == 0;
    }

    /** The address that the processor uses: an allocator that tags its blocks puts the tag into the topmost byte. */
    static long untagged(long address) {
        return address & ~(0xffL << TAG_SHIFT);
    }

    static InstallationException unknownLayout(String reason) {
        return new InstallationException(
                "this version of Conscrypt keeps its ticket keys in a way that Gangway does not support: " + reason
                        + "; use a version that Gangway's documentation names, or engine 'jdk'");
    }
}
