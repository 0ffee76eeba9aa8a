package dev.gangway.internal.keys;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * Secret bytes with an end: the one place outside an engine where key material lives.
 *
 * <p>The bytes leave only as a copy the caller asked for and must wipe; {@link #toString()} never shows them.
 */
public final class SecretBytes implements Destroyable {
    private final int length;
    private byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /** Copies {@code bytes}; the caller still owns, and should wipe, the array it passed. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** {@code length} bytes from {@code random}. */
    public static SecretBytes random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** Length in bytes; still known after destruction. */
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

    /** Whether both hold the same bytes, compared in constant time. False once either is destroyed. */
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

    /** Overwrites the bytes. Safe to call again. */
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
