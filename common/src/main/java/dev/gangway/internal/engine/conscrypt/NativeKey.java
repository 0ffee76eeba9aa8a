package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A ticket key as BoringSSL uses it: 16 bytes of name, 16 of HMAC-SHA256 key, 16 of AES-128-CBC key (RFC
 * 5077 section 4).
 */
final class NativeKey {
    /**
     * {@code struct TicketKey}: name, HMAC key, AES key, and the 64-bit Unix second at which the key is rotated away.
     */
    static final int STRUCT_LENGTH = 56;

    static final int NAME_LENGTH = 16;
    static final int ROTATION_OFFSET = 48;

    private static final int LENGTH = 48;

    private final byte[] name;
    private final SecretBytes nameAndKeys;

    private NativeKey(byte[] nameAndKeys) {
        this.name = Arrays.copyOf(nameAndKeys, NAME_LENGTH);
        this.nameAndKeys = SecretBytes.copyOf(nameAndKeys);
        Arrays.fill(nameAndKeys, (byte) 0);
    }

    /** @throws InstallationException if the key is to be used byte for byte and does not have BoringSSL's 48 bytes */
    static NativeKey of(TicketKey key, KeyDerivation derivation) throws InstallationException {
        if (!key.isVerbatim()) {
            return new NativeKey(derivation.derive(key, "name, hmac, aes", LENGTH));
        }
        byte[] bytes = key.verbatimBytes();
        if (bytes.length != LENGTH) {
            Arrays.fill(bytes, (byte) 0);
            throw new InstallationException("raw key " + key.name().shortForm() + " has " + bytes.length
                    + " bytes, but Conscrypt's BoringSSL uses " + LENGTH
                    + " byte for byte: provide keys of 48 bytes, or remove"
                    + " '?verbatim'");
        }
        return new NativeKey(bytes);
    }

    /** A random key that no other node has, to fill an empty slot. */
    static NativeKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new NativeKey(bytes);
    }

    byte[] name() {
        return name.clone();
    }

    /** 16 bytes, which the caller wipes after use. */
    byte[] macKey() {
        return part(NAME_LENGTH);
    }

    /** 16 bytes, which the caller wipes after use. */
    byte[] cipherKey() {
        return part(2 * NAME_LENGTH);
    }

    private byte[] part(int from) {
        byte[] all = nameAndKeys.copy();
        try {
            return Arrays.copyOfRange(all, from, from + NAME_LENGTH);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    /**
     * The struct's bytes, which the caller wipes after writing.
     *
     * @param rotateAt Unix second
     */
    byte[] struct(long rotateAt) {
        byte[] secret = nameAndKeys.copy();
        try {
            return ByteBuffer.allocate(STRUCT_LENGTH)
                    .order(ByteOrder.nativeOrder())
                    .put(secret)
                    .putLong(rotateAt)
                    .array();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    boolean isDestroyed() {
        return nameAndKeys.isDestroyed();
    }

    void destroy() {
        nameAndKeys.destroy();
    }
}
