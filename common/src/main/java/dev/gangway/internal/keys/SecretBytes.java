package dev.gangway.internal.keys;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * Secret bytes that can be wiped. Outside engines, key material is stored in this class only.
 *
 * <p>The bytes are only available as a copy, which the caller must wipe; {@link #toString()} never shows them.
 */
public final class SecretBytes implements Destroyable {
    private final int length;
    private byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /** Copies {@code bytes}; the caller still owns its array and should wipe it. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** {@code length} random bytes from {@code random}. */
    public static SecretBytes random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** Length in bytes, also after destruction. */
    public int length() {
        return length;
    }

    /**
     * A copy of the bytes, which the caller wipes after use.
     *
     * @throws IllegalStateException after {@link #destroy()}
     */
    public synchronized byte[] copy() {
        if (bytes == null) {
            throw new IllegalStateException("this secret has been destroyed");
        }
        return bytes.clone();
    }

    /** Whether both contain the same bytes, compared in constant time. False if either is destroyed. */
    public boolean sameAs(SecretBytes other) {
        if (isDestroyed() || other.isDestroyed()) {
            return false;
        }
        byte[] mine = copy();
        byte[] theirs = other.copy();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** Overwrites the bytes. May be called again. */
    @Override
    public synchronized void destroy() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    @Override
    public synchronized boolean isDestroyed() {
        return bytes == null;
    }

    @Override
    public String toString() {
        return isDestroyed() ? "SecretBytes[destroyed]" : "SecretBytes[" + length + " bytes]";
    }
}
