package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The two words of an {@code SSL_CTX} that point to BoringSSL's ticket keys: {@code ticket_key_current}, and directly
 * after it {@code ticket_key_prev}.
 *
 * <p>Their position differs between Conscrypt versions, so it is searched for each time: the one word in the
 * {@code SSL_CTX} that points to a block of the right size that begins with the key name of a fresh ticket.
 */
final class TicketKeySlots {
    private final Memory memory;
    private final long currentSlot;

    private TicketKeySlots(Memory memory, long currentSlot) {
        this.memory = memory;
        this.currentSlot = currentSlot;
    }

    /**
     * @param sslCtx the address of the {@code SSL_CTX}
     * @param ticketName the first 16 bytes of a ticket this {@code SSL_CTX} has just sealed
     * @throws InstallationException unless exactly one word matches
     */
    static TicketKeySlots locate(Memory memory, long sslCtx, byte[] ticketName) throws InstallationException {
        try {
            ByteBuffer context = SslCtx.read(memory, sslCtx);
            int size = context.capacity();
            List<Integer> found = new ArrayList<>();
            for (int offset = 0; offset + 2 * Long.BYTES <= size; offset += Long.BYTES) {
                if (isKeyNamed(memory, context.getLong(offset), ticketName)) {
                    found.add(offset);
                }
            }
            if (found.size() != 1) {
                throw SslCtx.unknownLayout(found.size() + " words of the SSL_CTX (" + size
                        + " bytes) point to the key that" + " seals, instead of one");
            }
            TicketKeySlots slots = new TicketKeySlots(memory, sslCtx + found.get(0));
            slots.requirePlausiblePrevious();
            return slots;
        } catch (IOException e) {
            throw SslCtx.unknownLayout("its memory cannot be read: " + e);
        }
    }

    /** The key that seals now. */
    NativeKeyAt current() throws IOException {
        return new NativeKeyAt(memory, SslCtx.word(memory, currentSlot));
    }

    /** Whether there is a second key. */
    boolean hasPrevious() throws IOException {
        return SslCtx.word(memory, currentSlot + Long.BYTES) != 0;
    }

    /** The other key that opens; check {@link #hasPrevious} first. */
    NativeKeyAt previous() throws IOException {
        return new NativeKeyAt(memory, SslCtx.word(memory, currentSlot + Long.BYTES));
    }

    private void requirePlausiblePrevious() throws IOException, InstallationException {
        long previous = SslCtx.word(memory, currentSlot + Long.BYTES);
        if (previous != 0 && !isKey(memory, previous)) {
            throw SslCtx.unknownLayout("the word after the key that seals does not point to a key");
        }
    }

    private static boolean isKeyNamed(Memory memory, long address, byte[] name) {
        try {
            return isKey(memory, address) && Arrays.equals(memory.read(address, NativeKey.NAME_LENGTH), name);
        } catch (IOException e) {
            // Not every word of the SSL_CTX is an address.
            return false;
        }
    }

    private static boolean isKey(Memory memory, long address) {
        try {
            return SslCtx.isPlausibleAddress(address) && SslCtx.sizeOf(memory, address) == NativeKey.STRUCT_LENGTH;
        } catch (IOException e) {
            return false;
        }
    }
}
