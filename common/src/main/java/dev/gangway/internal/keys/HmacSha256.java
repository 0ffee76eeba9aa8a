package dev.gangway.internal.keys;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 (RFC 2104) that leaves nothing of its key in the heap, not even in objects nobody can reach any more.
 *
 * <p>That takes two things. A {@link SecretKeySpec} keeps a copy that cannot be wiped, so the key is one that lends its
 * bytes. And a {@link Mac} keeps the key's pads, and its result as the state of the hash, until it works with another key,
 * so it is made to.
 */
public final class HmacSha256 {
    private static final String NAME = "HmacSHA256";
    private static final Key PUBLIC_KEY = new SecretKeySpec(new byte[32], NAME);

    private HmacSha256() {}

    /**
     * @param key any number of bytes; the caller still owns, and should wipe, the array
     * @param message its parts, one behind the other
     * @return 32 fresh bytes, which the caller wipes after use if they are secret
     */
    public static byte[] of(byte[] key, byte[]... message) {
        try {
            Mac mac = Mac.getInstance(NAME);
            try {
                mac.init(new BorrowedKey(NAME, key));
                for (byte[] part : message) {
                    mac.update(part);
                }
                return mac.doFinal();
            } finally {
                mac.init(PUBLIC_KEY);
                mac.doFinal();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + NAME, e);
        }
    }
}
