package dev.gangway.internal.keys;

import javax.crypto.SecretKey;

/**
 * A key for one use of a cipher or a MAC. Lives no longer than its caller's array, of which a {@link
 * javax.crypto.spec.SecretKeySpec} would keep a copy that nobody can wipe. Who asks for the bytes gets a copy, and the JDK's own
 * algorithms wipe it.
 */
public final class BorrowedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;

    /** @param bytes not copied; the caller still owns, and should wipe, the array */
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

    /** Without the bytes. */
    @Override
    public String toString() {
        return "BorrowedKey[" + algorithm + "]";
    }
}
