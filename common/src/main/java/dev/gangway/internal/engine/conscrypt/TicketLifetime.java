package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sets the ticket lifetime, and switches the session cache off. Conscrypt has a setting for the TLS 1.2 lifetime. For
 * TLS 1.3, BoringSSL uses another field, directly after that one in the {@code SSL_CTX}, which Conscrypt leaves at two
 * days. Directly before it is the cache mode, which Conscrypt leaves at "both sides". The fields are found by setting
 * the TLS 1.2 lifetime to a value that occurs nowhere else.
 */
final class TicketLifetime {
    private static final int BORINGSSL_DEFAULT = 2 * 24 * 3600;
    // SSL_SESS_CACHE_BOTH and SSL_SESS_CACHE_OFF.
    private static final int CACHE_OF_BOTH_SIDES = 3;
    private static final int NO_CACHE = 0;

    private TicketLifetime() {}

    /**
     * @param seconds for both protocol versions
     * @throws InstallationException unless exactly one place matches
     */
    static void set(NativeContext context, int seconds) throws InstallationException {
        int marker = ThreadLocalRandom.current().nextInt(0x20000000, 0x40000000);
        context.sessions().setSessionTimeout(marker);
        try {
            ByteBuffer sslCtx = SslCtx.read(context.memory(), context.address());
            List<Integer> found = new ArrayList<>();
            for (int offset = Integer.BYTES; offset + 2 * Integer.BYTES <= sslCtx.capacity(); offset += Integer.BYTES) {
                if (sslCtx.getInt(offset - Integer.BYTES) == CACHE_OF_BOTH_SIDES
                        && sslCtx.getInt(offset) == marker
                        && sslCtx.getInt(offset + Integer.BYTES) == BORINGSSL_DEFAULT) {
                    found.add(offset);
                }
            }
            if (found.size() != 1) {
                throw SslCtx.unknownLayout(
                        found.size() + " places look like the ticket lifetime of TLS 1.3, instead of one");
            }
            long place = context.address() + found.get(0);
            write(context.memory(), place + Integer.BYTES, seconds);
            write(context.memory(), place - Integer.BYTES, NO_CACHE);
        } catch (IOException e) {
            throw SslCtx.unknownLayout("its memory cannot be read: " + e);
        } finally {
            context.sessions().setSessionTimeout(seconds);
            Reference.reachabilityFence(context.sessions());
        }
    }

    private static void write(Memory memory, long address, int value) throws IOException {
        memory.write(
                address,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }
}
