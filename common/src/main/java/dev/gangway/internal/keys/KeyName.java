package dev.gangway.internal.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public name of a ticket key: 16 bytes that every ticket it sealed contains unencrypted (RFC 5077 section 4,
 * {@code key_name}), so that a server knows which key to use.
 */
public final class KeyName implements Comparable<KeyName> {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] bytes;

    private KeyName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes exactly {@value #LENGTH} bytes, copied
     * @throws IllegalArgumentException for any other length
     */
    public static KeyName of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key name has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new KeyName(bytes.clone());
    }

    /**
     * @param hex exactly 32 hexadecimal digits
     * @throws IllegalArgumentException for anything else
     */
    public static KeyName parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "a key name has " + 2 * LENGTH + " hexadecimal digits, not " + hex.length() + " characters");
        }
        return new KeyName(HexFormat.of().parseHex(hex));
    }

    public static KeyName random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new KeyName(bytes);
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The first four bytes in hexadecimal, for people: enough to distinguish the keys of one ring. */
    public String shortForm() {
        return HexFormat.of().formatHex(bytes, 0, 4);
    }

    @Override
    public int compareTo(KeyName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** All 32 hexadecimal digits. A name is not secret: every ticket contains it. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
