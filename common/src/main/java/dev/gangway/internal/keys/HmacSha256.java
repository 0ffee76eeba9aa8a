package dev.gangway.internal.keys;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 (RFC 2104) that leaves no part of its key in the heap, not even in unreachable objects.
 *
 * <p>A {@link SecretKeySpec} keeps a copy that cannot be wiped, so a {@link BorrowedKey} is used. A {@link Mac} keeps
 * the padded key, and its result as the state of the hash, until it is used with another key, so it is used with
 * another key afterwards.
 */
public final class HmacSha256 {
    private static final String NAME = "HmacSHA256";
    private static final Key PUBLIC_KEY = new SecretKeySpec(new byte[32], NAME);
    // Empty if the provider's HMAC cannot be copied. A copy costs less than the search for a provider that
    // Mac.getInstance does each time; a provider that is added later is not used.
    private static final Optional<Mac> PATTERN = pattern();

    private HmacSha256() {}

    /**
     * @param key any number of bytes; the caller still owns the array and should wipe it
     * @param message the parts of the message, which are concatenated
     * @return 32 new bytes, which the caller wipes after use if they are secret
     */
    public static byte[] of(byte[] key, byte[]... message) {
        try {
            Mac mac = newMac();
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

    private static Mac newMac() throws GeneralSecurityException {
        if (PATTERN.isPresent()) {
            try {
                return (Mac) PATTERN.get().clone();
            } catch (CloneNotSupportedException e) {
                throw new GeneralSecurityException(e);
            }
        }
        return Mac.getInstance(NAME);
    }

    static Optional<Mac> pattern() {
        try {
            Mac mac = Mac.getInstance(NAME);
            // The first key decides which provider is used, so it is of the same class as the real keys.
            mac.init(new BorrowedKey(NAME, new byte[32]));
            return Optional.of((Mac) mac.clone());
        } catch (GeneralSecurityException | CloneNotSupportedException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
