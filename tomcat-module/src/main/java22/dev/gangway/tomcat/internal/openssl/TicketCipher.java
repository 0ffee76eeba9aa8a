package dev.gangway.tomcat.internal.openssl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gangway.internal.keys.SecretBytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The cipher and MAC contexts that OpenSSL passes for one ticket. Keys are copied to native memory during a call, and
 * wiped there.
 *
 * @param cipher {@code EVP_CIPHER_CTX *}
 * @param mac {@code EVP_MAC_CTX *}
 */
record TicketCipher(LibSsl lib, MemorySegment cipher, MemorySegment mac) {
    // OSSL_PARAM_UTF8_STRING and OSSL_PARAM_OCTET_STRING
    private static final int TEXT = 4;
    private static final int BYTES = 5;

    private static final MemorySegment KEY = Arena.global().allocateFrom("key");
    private static final MemorySegment DIGEST = Arena.global().allocateFrom("digest");
    private static final MemorySegment SHA256 = Arena.global().allocateFrom("SHA256");

    private static final long KEY_OFFSET = offset("key");
    private static final long TYPE_OFFSET = offset("data_type");
    private static final long DATA_OFFSET = offset("data");
    private static final long SIZE_OFFSET = offset("data_size");

    private static long offset(String field) {
        return LibSsl.PARAMETER.byteOffset(PathElement.groupElement(field));
    }

    /** Writes a new IV, and initialises both contexts to seal. Returns whether OpenSSL reported success. */
    boolean seal(TicketKeyMaterial key, MemorySegment iv) throws Throwable {
        return (int) lib.randomBytes.invokeExact(iv, TicketKeyMaterial.IV_LENGTH) == 1 && initialise(key, iv, true);
    }

    /** Initialises both contexts to open. Returns whether OpenSSL reported success. */
    boolean open(TicketKeyMaterial key, MemorySegment iv) throws Throwable {
        return initialise(key, iv, false);
    }

    private boolean initialise(TicketKeyMaterial key, MemorySegment iv, boolean seal) throws Throwable {
        int cipherLength = key.cipherKey().length();
        int macLength = key.macKey().length();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cipherKey = arena.allocate(cipherLength);
            MemorySegment macKey = arena.allocate(macLength);
            try {
                copy(key.cipherKey(), cipherKey);
                copy(key.macKey(), macKey);
                return setCipher(cipherKey, iv, seal) && setMac(arena, macKey);
            } finally {
                cipherKey.fill((byte) 0);
                macKey.fill((byte) 0);
            }
        }
    }

    private boolean setCipher(MemorySegment key, MemorySegment iv, boolean seal) throws Throwable {
        MemorySegment algorithm = key.byteSize() == 16 ? lib.aes128Cbc : lib.aes256Cbc;
        int result = seal
                ? (int) lib.encryptInit.invokeExact(cipher, algorithm, MemorySegment.NULL, key, iv)
                : (int) lib.decryptInit.invokeExact(cipher, algorithm, MemorySegment.NULL, key, iv);
        return result == 1;
    }

    private boolean setMac(Arena arena, MemorySegment key) throws Throwable {
        // The third parameter stays zero: OSSL_PARAM_END.
        MemorySegment parameters = arena.allocate(MemoryLayout.sequenceLayout(3, LibSsl.PARAMETER));
        set(parameters, 0, KEY, BYTES, key, key.byteSize());
        set(parameters, 1, DIGEST, TEXT, SHA256, SHA256.byteSize() - 1);
        return (int) lib.setMacParameters.invokeExact(mac, parameters) == 1;
    }

    private static void set(
            MemorySegment parameters, int index, MemorySegment key, int type, MemorySegment data, long size) {
        long at = index * LibSsl.PARAMETER.byteSize();
        parameters.set(ValueLayout.ADDRESS, at + KEY_OFFSET, key);
        parameters.set(ValueLayout.JAVA_INT, at + TYPE_OFFSET, type);
        parameters.set(ValueLayout.ADDRESS, at + DATA_OFFSET, data);
        parameters.set(ValueLayout.JAVA_LONG, at + SIZE_OFFSET, size);
    }

    private static void copy(SecretBytes from, MemorySegment to) {
        byte[] bytes = from.copy();
        try {
            MemorySegment.copy(bytes, 0, to, JAVA_BYTE, 0, bytes.length);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
