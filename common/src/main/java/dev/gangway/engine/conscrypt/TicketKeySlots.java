package dev.gangway.engine.conscrypt;

import dev.gangway.engine.InstallationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The two words of an {@code SSL_CTX} that point to BoringSSL's ticket keys: {@code ticket_key_current}, and right behind
 * it {@code ticket_key_prev}.
 *
 * <p>Where they are differs between Conscrypt versions, so they are looked for each time: the one word within the
 * {@code SSL_CTX} that points to a block of the right size which begins with the name that a fresh ticket bears.
 */
final class TicketKeySlots {
    // BoringSSL's allocator puts the size of each block in front of it.
    private static final int SIZE_PREFIX = 8;
    private static final int MIN_SSL_CTX = 256;
    private static final int MAX_SSL_CTX = 4096;

    private final Memory memory;
    private final long currentSlot;

    private TicketKeySlots(Memory memory, long currentSlot) {
        this.memory = memory;
        this.currentSlot = currentSlot;
    }

    /**
     * @param sslCtx the address of the {@code SSL_CTX}
     * @param ticketName the first 16 bytes of a ticket this {@code SSL_CTX} has just sealed
     * @throws InstallationException unless exactly one word fits
     */
    static TicketKeySlots locate(Memory memory, long sslCtx, byte[] ticketName) throws InstallationException {
        try {
            int size = requireSize(memory, sslCtx);
            ByteBuffer context = ByteBuffer.wrap(memory.read(sslCtx, size)).order(ByteOrder.nativeOrder());
            List<Integer> found = new ArrayList<>();
            for (int offset = 0; offset + 2 * Long.BYTES <= size; offset += Long.BYTES) {
                if (isKeyNamed(memory, context.getLong(offset), ticketName)) {
                    found.add(offset);
                }
            }
            if (found.size() != 1) {
                throw unknownLayout(found.size() + " words of the SSL_CTX (" + size + " bytes) point to the key that"
                        + " seals, instead of one");
            }
            TicketKeySlots slots = new TicketKeySlots(memory, sslCtx + found.get(0));
            slots.requirePlausiblePrevious();
            return slots;
        } catch (IOException e) {
            throw unknownLayout("its memory cannot be read: " + e);
        }
    }

    /** The key that seals now. */
    NativeKeyAt current() throws IOException {
        return new NativeKeyAt(memory, word(currentSlot));
    }

    /** Whether there is a second key. */
    boolean hasPrevious() throws IOException {
        return word(currentSlot + Long.BYTES) != 0;
    }

    /** The other key that opens; ask {@link #hasPrevious} first. */
    NativeKeyAt previous() throws IOException {
        return new NativeKeyAt(memory, word(currentSlot + Long.BYTES));
    }

    private long word(long address) throws IOException {
        return ByteBuffer.wrap(memory.read(address, Long.BYTES))
                .order(ByteOrder.nativeOrder())
                .getLong();
    }

    private void requirePlausiblePrevious() throws IOException, InstallationException {
        long previous = word(currentSlot + Long.BYTES);
        if (previous != 0 && !isKey(memory, previous)) {
            throw unknownLayout("the word behind the key that seals points to no key");
        }
    }

    private static int requireSize(Memory memory, long sslCtx) throws IOException, InstallationException {
        if (!isPlausibleAddress(sslCtx)) {
            throw unknownLayout("0x" + Long.toHexString(sslCtx) + " is no address of an SSL_CTX");
        }
        long size = sizeOf(memory, sslCtx);
        if (size < MIN_SSL_CTX || size > MAX_SSL_CTX || size % Long.BYTES != 0) {
            throw unknownLayout("an SSL_CTX of " + size + " bytes is not plausible");
        }
        return (int) size;
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
            return isPlausibleAddress(address) && sizeOf(memory, address) == NativeKey.STRUCT_LENGTH;
        } catch (IOException e) {
            return false;
        }
    }

    private static long sizeOf(Memory memory, long address) throws IOException {
        return ByteBuffer.wrap(memory.read(address - SIZE_PREFIX, SIZE_PREFIX))
                .order(ByteOrder.nativeOrder())
                .getLong();
    }

    private static boolean isPlausibleAddress(long address) {
        return address > 4096 && address >>> 47 == 0 && address % Long.BYTES == 0;
    }

    private static InstallationException unknownLayout(String reason) {
        return new InstallationException("this version of Conscrypt keeps its ticket keys in another way than Gangway"
                + " knows: " + reason + "; use a version that Gangway's documentation names, or engine 'jdk'");
    }
}
