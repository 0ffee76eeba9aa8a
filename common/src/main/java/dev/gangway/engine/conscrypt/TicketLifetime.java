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

    private TicketLifetime() {}

    /**
     * @param seconds for both protocol versions
     * @throws InstallationException unless exactly one place fits
     */
    static void set(NativeContext context, int seconds) throws InstallationException {
        int marker = ThreadLocalRandom.current().nextInt(0x20000000, 0x40000000);
        context.sessions().setSessionTimeout(marker);
        try {
            ByteBuffer sslCtx = SslCtx.read(context.memory(), context.address());
            List<Integer> found = new ArrayList<>();
            for (int offset = 0; offset + 2 * Integer.BYTES <= sslCtx.capacity(); offset += Integer.BYTES) {
                if (sslCtx.getInt(offset) == marker && sslCtx.getInt(offset + Integer.BYTES) == BORINGSSL_DEFAULT) {
                    found.add(offset);
                }
            }
            if (found.size() != 1) {
                throw SslCtx.unknownLayout(
                        found.size() + " places look like the ticket lifetime of TLS 1.3, instead of one");
            }
            context.memory()
                    .write(
                            context.address() + found.get(0) + Integer.BYTES,
                            ByteBuffer.allocate(Integer.BYTES)
                                    .order(ByteOrder.nativeOrder())
                                    .putInt(seconds)
                                    .array());
        } catch (IOException e) {
            throw SslCtx.unknownLayout("its memory cannot be read: " + e);
        } finally {
            context.sessions().setSessionTimeout(seconds);
            Reference.reachabilityFence(context.sessions());
        }
    }
}
