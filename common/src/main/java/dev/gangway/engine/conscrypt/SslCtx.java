package dev.gangway.engine.conscrypt;

import dev.gangway.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How BoringSSL lays out memory: native byte order, and in front of each block its size, put there by the allocator. */
final class SslCtx {
    private static final int SIZE_PREFIX = 8;
    private static final int MIN_LENGTH = 256;
    private static final int MAX_LENGTH = 4096;

    private SslCtx() {}

    /**
     * The whole {@code SSL_CTX}.
     *
     * @throws InstallationException if the address or the size cannot be that of one
     */
    static ByteBuffer read(Memory memory, long address) throws IOException, InstallationException {
        if (!isPlausibleAddress(address)) {
            throw unknownLayout("0x" + Long.toHexString(address) + " is no address of an SSL_CTX");
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

    /** Whether {@code address} is aligned and lies in user space. */
    static boolean isPlausibleAddress(long address) {
        return address > 4096 && address >>> 47 == 0 && address % Long.BYTES == 0;
    }

    static InstallationException unknownLayout(String reason) {
        return new InstallationException("this version of Conscrypt keeps its ticket keys in another way than Gangway"
                + " knows: " + reason + "; use a version that Gangway's documentation names, or engine 'jdk'");
    }
}
