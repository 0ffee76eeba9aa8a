package dev.gangway.internal.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform supports. */
public final class Sha256 {
    private Sha256() {}

    /** @return 32 bytes */
    public static byte[] of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /**
     * @param length how many bytes, from the first on, are hashed
     * @return 32 bytes
     */
    public static byte[] of(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            byte[] result = digest.digest();
            // Key files are hashed too, and the digest's buffer would keep their last bytes.
            digest.reset();
            return result;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
