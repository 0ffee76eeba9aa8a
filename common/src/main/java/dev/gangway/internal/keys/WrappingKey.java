package dev.gangway.internal.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;

/** Encrypts keysets with AES-256-GCM before they leave the machine. The key is derived from a secret file. */
public final class WrappingKey implements Destroyable {
    private static final byte[] SALT = "gangway-store".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretBytes key;
    private final String id;

    private WrappingKey(SecretBytes key, String id) {
        this.key = key;
        this.id = id;
    }

    /** @param secret the caller destroys it */
    public static WrappingKey of(SecretBytes secret) {
        byte[] key = HkdfSha256.derive(secret, SALT, 32, "gangway-store/1", "wrap");
        byte[] id = HkdfSha256.derive(secret, SALT, 8, "gangway-store/1", "id");
        try {
            return new WrappingKey(SecretBytes.copyOf(key), HexFormat.of().formatHex(id));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Sixteen hexadecimal digits that identify the key and tell nothing about it. */
    public String id() {
        return id;
    }

    /**
     * @param associated authenticated, but not part of the result
     * @return a random nonce, then the encrypted bytes
     */
    public byte[] wrap(byte[] plain, byte[] associated, SecureRandom random) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
        byte[] wrapped = Arrays.copyOf(nonce, NONCE_LENGTH + encrypted.length);
        System.arraycopy(encrypted, 0, wrapped, NONCE_LENGTH, encrypted.length);
        return wrapped;
    }

    /**
     * The inverse of {@link #wrap}.
     *
     * @return the plain bytes, which the caller wipes after use
     * @throws GeneralSecurityException if {@code wrapped} or {@code associated} are not as they were written
     */
    public byte[] unwrap(byte[] wrapped, byte[] associated) throws GeneralSecurityException {
        if (wrapped.length < NONCE_LENGTH) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = Arrays.copyOf(wrapped, NONCE_LENGTH);
        return cipher(Cipher.DECRYPT_MODE, nonce, associated)
                .doFinal(wrapped, NONCE_LENGTH, wrapped.length - NONCE_LENGTH);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        byte[] bytes = key.copy();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void destroy() {
        key.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return key.isDestroyed();
    }

    @Override
    public String toString() {
        return "WrappingKey[" + id + "]";
    }
}
