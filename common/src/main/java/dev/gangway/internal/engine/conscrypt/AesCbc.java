package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.keys.BorrowedKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CBC decryption that leaves no copy of its key in the heap, not even in unreachable objects. As with
 * {@link dev.gangway.internal.keys.HmacSha256}, a {@link SecretKeySpec} would keep a copy that cannot be wiped. A
 * {@link Cipher} keeps the expanded key until it is initialised with another one, so it is initialised with a
 * public key afterwards.
 */
final class AesCbc {
    private static final String CIPHER = "AES/CBC/PKCS5Padding";
    private static final Key PUBLIC_KEY = new SecretKeySpec(new byte[16], "AES");
    private static final IvParameterSpec PUBLIC_IV = new IvParameterSpec(new byte[16]);

    private final Provider provider;
    // To make a cipher takes several times as long as to decrypt a ticket. Between two tickets it has the public key.
    // Not one for each thread, because there may be many threads, or a thread for each connection.
    private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

    private AesCbc(Provider provider) {
        this.provider = provider;
    }

    static AesCbc of(Provider provider) {
        return new AesCbc(provider);
    }

    /** With the first provider that has it now. One that is added later may be of an application, and would see the keys. */
    static AesCbc ofPlatform() {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, new BorrowedKey("AES", new byte[16]), PUBLIC_IV);
            return of(cipher.getProvider());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /**
     * @param key 16 bytes; the caller still owns, and should wipe, the array
     * @throws GeneralSecurityException if the padding is invalid
     */
    byte[] decrypt(byte[] key, IvParameterSpec iv, byte[] bytes, int from, int length) throws GeneralSecurityException {
        Cipher cipher = idle.poll();
        if (cipher == null) {
            cipher = Cipher.getInstance(CIPHER, provider);
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, new BorrowedKey("AES", key), iv);
            return cipher.doFinal(bytes, from, length);
        } finally {
            // A cipher that cannot take another key is dropped: that of a hardware token fails for ever once the token
            // was removed.
            if (hasForgottenItsKey(cipher)) {
                idle.add(cipher);
            }
        }
    }

    private static boolean hasForgottenItsKey(Cipher cipher) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, PUBLIC_KEY, PUBLIC_IV);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
