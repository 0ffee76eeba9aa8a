package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.keys.BorrowedKey;
import java.security.GeneralSecurityException;
import java.security.Key;
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
    // To make a cipher takes several times as long as to decrypt a ticket. Between two tickets it has the public key. A
    // provider that is added later is not used.
    private static final ThreadLocal<Cipher> OF_THREAD = new ThreadLocal<>();
    private static final Key PUBLIC_KEY = new SecretKeySpec(new byte[16], "AES");
    private static final IvParameterSpec PUBLIC_IV = new IvParameterSpec(new byte[16]);

    private AesCbc() {}

    /**
     * @param key 16 bytes; the caller still owns, and should wipe, the array
     * @throws GeneralSecurityException if the padding is invalid
     */
    static byte[] decrypt(byte[] key, IvParameterSpec iv, byte[] bytes, int from, int length)
            throws GeneralSecurityException {
        Cipher cipher = cipher();
        try {
            cipher.init(Cipher.DECRYPT_MODE, new BorrowedKey("AES", key), iv);
            return cipher.doFinal(bytes, from, length);
        } finally {
            cipher.init(Cipher.DECRYPT_MODE, PUBLIC_KEY, PUBLIC_IV);
        }
    }

    private static Cipher cipher() throws GeneralSecurityException {
        Cipher cipher = OF_THREAD.get();
        if (cipher == null) {
            cipher = Cipher.getInstance(CIPHER);
            OF_THREAD.set(cipher);
        }
        return cipher;
    }
}
