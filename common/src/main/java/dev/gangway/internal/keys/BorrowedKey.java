package dev.gangway.internal.keys;

import javax.crypto.SecretKey;

/**
 * A key for one use of a cipher or a MAC. It wraps the caller's array and lives no longer; a {@link
 * javax.crypto.spec.SecretKeySpec} would keep a copy that cannot be wiped. {@code getEncoded} returns a copy, which the
 * JDK's own algorithms wipe.
 */
public final class BorrowedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;

    /** @param bytes not copied; the caller still owns the array and should wipe it */
    public BorrowedKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    /** Never shows the bytes. */
    @Override
    public String toString() {
        return "BorrowedKey[" + algorithm + "]";
    }
}
