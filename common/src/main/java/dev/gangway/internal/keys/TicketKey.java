package dev.gangway.internal.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A session ticket encryption key (STEK): a public {@linkplain KeyName name}, a secret, and, if its source has them,
 * the {@linkplain KeyTimes times} of its life.
 *
 * <p>Unless a key is {@linkplain #isVerbatim verbatim}, engines use keys derived from the secret, see {@link
 * KeyDerivation}.
 */
public final class TicketKey {
    /** The minimum length of a secret, in bytes. */
    public static final int MIN_SECRET_LENGTH = 32;

    private final KeyName name;
    private final SecretBytes secret;
    private final Optional<KeyTimes> times;
    private final boolean verbatim;

    private TicketKey(KeyName name, SecretBytes secret, Optional<KeyTimes> times, boolean verbatim) {
        if (secret.length() < MIN_SECRET_LENGTH) {
            throw new IllegalArgumentException("key " + name.shortForm() + " has a secret of " + secret.length()
                    + " bytes; at least " + MIN_SECRET_LENGTH + " are needed");
        }
        this.name = name;
        this.secret = secret;
        this.times = times;
        this.verbatim = verbatim;
    }

    /** A key with times. The key owns {@code secret} from now on. */
    public static TicketKey scheduled(KeyName name, SecretBytes secret, KeyTimes times) {
        return new TicketKey(name, secret, Optional.of(times), false);
    }

    /** A key without times, whose role follows from its place in a list. The key owns {@code secret} from now on. */
    public static TicketKey unscheduled(KeyName name, SecretBytes secret) {
        return new TicketKey(name, secret, Optional.empty(), false);
    }

    /** A new key with a random name and {@value #MIN_SECRET_LENGTH} random secret bytes. */
    public static TicketKey random(KeyTimes times, SecureRandom random) {
        return scheduled(KeyName.random(random), SecretBytes.random(MIN_SECRET_LENGTH, random), times);
    }

    /**
     * A key from the raw layout that nginx, Apache, HAProxy and Envoy share: 16 bytes of name, then 32 (AES-128) or 64
     * (AES-256) bytes of key material.
     *
     * @param bytes 48 or 80 bytes, copied; the caller wipes its own array
     * @param verbatim whether an engine with this layout uses the bytes as they are, see {@link #isVerbatim}
     * @throws IllegalArgumentException for any other length
     */
    public static TicketKey raw(byte[] bytes, boolean verbatim) {
        if (bytes.length != 48 && bytes.length != 80) {
            throw new IllegalArgumentException("a raw ticket key has 48 or 80 bytes, not " + bytes.length);
        }
        byte[] material = Arrays.copyOfRange(bytes, KeyName.LENGTH, bytes.length);
        try {
            KeyName name = KeyName.of(Arrays.copyOf(bytes, KeyName.LENGTH));
            return new TicketKey(name, SecretBytes.copyOf(material), Optional.empty(), verbatim);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    /**
     * Whether engines use this key byte for byte, so that other software with the same file opens the same tickets.
     * Such a key has no scopes: every server that has it opens every ticket.
     */
    public boolean isVerbatim() {
        return verbatim;
    }

    /**
     * The raw layout of a {@linkplain #isVerbatim verbatim} key, which the caller wipes after use.
     *
     * @throws IllegalStateException after the secret has been destroyed
     */
    public byte[] verbatimBytes() {
        byte[] material = secret.copy();
        try {
            byte[] bytes = Arrays.copyOf(name.toByteArray(), KeyName.LENGTH + material.length);
            System.arraycopy(material, 0, bytes, KeyName.LENGTH, material.length);
            return bytes;
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    public KeyName name() {
        return name;
    }

    public SecretBytes secret() {
        return secret;
    }

    /** Empty if the key's role follows from its place in a list. */
    public Optional<KeyTimes> times() {
        return times;
    }

    /** The same key with other times; both keys share one secret. */
    public TicketKey withTimes(KeyTimes newTimes) {
        return new TicketKey(name, secret, Optional.of(newTimes), verbatim);
    }

    @Override
    public String toString() {
        return "TicketKey[" + name.shortForm() + times.map(t -> ", " + t).orElse("") + "]";
    }
}
