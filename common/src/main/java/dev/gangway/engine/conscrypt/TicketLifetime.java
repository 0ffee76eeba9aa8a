package dev.gangway.engine.conscrypt;

import dev.gangway.engine.InstallationException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sets how long tickets live. For TLS 1.2 Conscrypt has a setting; for TLS 1.3 BoringSSL uses another number, right behind
 * it in the {@code SSL_CTX}, that Conscrypt leaves at two days. It is found by setting the first to a value that stands
 * nowhere else.
 */
final class TicketLifetime {
    private static final int BORINGSSL_DEFAULT = 2 * 24 * 3600;
    private static final int SIZE_PREFIX = 8;
    private static final int MAX_SSL_CTX = 4096;

    private TicketLifetime() {}

    /**
     * @param seconds for both protocol versions
     * @throws InstallationException unless exactly one place fits
     */
    static void set(NativeContext context, int seconds) throws InstallationException {
        int marker = ThreadLocalRandom.current().nextInt(0x20000000, 0x40000000);
        context.sessions().setSessionTimeout(marker);
        try {
            Memory memory = context.memory();
            long size = buffer(memory.read(context.address() - SIZE_PREFIX, SIZE_PREFIX))
                    .getLong();
            if (size <= 0 || size > MAX_SSL_CTX) {
                throw unknownLayout("an SSL_CTX of " + size + " bytes is not plausible");
            }
            ByteBuffer sslCtx = buffer(memory.read(context.address(), (int) size));
            List<Integer> found = new ArrayList<>();
            for (int offset = 0; offset + 2 * Integer.BYTES <= size; offset += Integer.BYTES) {
                if (sslCtx.getInt(offset) == marker && sslCtx.getInt(offset + Integer.BYTES) == BORINGSSL_DEFAULT) {
                    found.add(offset);
                }
            }
            if (found.size() != 1) {
                throw unknownLayout(found.size() + " places look like the ticket lifetime of TLS 1.3, instead of one");
            }
            memory.write(
                    context.address() + found.get(0) + Integer.BYTES,
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putInt(seconds)
                            .array());
        } catch (IOException e) {
            throw unknownLayout("its memory cannot be read: " + e);
        } finally {
            context.sessions().setSessionTimeout(seconds);
            Reference.reachabilityFence(context.sessions());
        }
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static InstallationException unknownLayout(String reason) {
        return new InstallationException(
                "this version of Conscrypt keeps the ticket lifetime in another way than Gangway" + " knows: " + reason
                        + "; use a version that Gangway's documentation names, or engine 'jdk'");
    }
}
