package dev.gangway.tomcat.internal.openssl;

import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A ticket key in the form that OpenSSL, nginx and Apache use: a name of 16 bytes, AES in CBC mode, and HMAC-SHA256
 * (RFC 5077 section 4).
 *
 * <p>The layout of 80 bytes is name, HMAC key (32), AES-256 key (32). The layout of 48 bytes is nginx's: name, AES-128
 * key (16), HMAC key (16), in this order.
 */
final class TicketKeyMaterial {
    static final int NAME_LENGTH = KeyName.LENGTH;
    static final int IV_LENGTH = 16;

    private static final int LENGTH = 80;
    private static final int SHORT_LENGTH = 48;

    private final KeyName name;
    private final SecretBytes macKey;
    private final SecretBytes cipherKey;

    /** @param layout 48 or 80 bytes, which are wiped */
    private TicketKeyMaterial(byte[] layout) {
        boolean isShort = layout.length == SHORT_LENGTH;
        int size = isShort ? 16 : 32;
        byte[] first = Arrays.copyOfRange(layout, NAME_LENGTH, NAME_LENGTH + size);
        byte[] second = Arrays.copyOfRange(layout, NAME_LENGTH + size, NAME_LENGTH + 2 * size);
        try {
            name = KeyName.of(Arrays.copyOf(layout, NAME_LENGTH));
            cipherKey = SecretBytes.copyOf(isShort ? first : second);
            macKey = SecretBytes.copyOf(isShort ? second : first);
        } finally {
            Arrays.fill(first, (byte) 0);
            Arrays.fill(second, (byte) 0);
            Arrays.fill(layout, (byte) 0);
        }
    }

    /**
     * The material of {@code key} for OpenSSL: its own bytes if it is verbatim, otherwise bytes derived for one scope.
     */
    static TicketKeyMaterial of(TicketKey key, KeyDerivation derivation) {
        return new TicketKeyMaterial(
                key.isVerbatim() ? key.verbatimBytes() : derivation.derive(key, "name, hmac, aes", LENGTH));
    }

    /** A random key that no other node has. */
    static TicketKeyMaterial random(SecureRandom random) {
        byte[] layout = new byte[LENGTH];
        random.nextBytes(layout);
        return new TicketKeyMaterial(layout);
    }

    KeyName name() {
        return name;
    }

    SecretBytes macKey() {
        return macKey;
    }

    /** 16 or 32 bytes. */
    SecretBytes cipherKey() {
        return cipherKey;
    }

    void destroy() {
        macKey.destroy();
        cipherKey.destroy();
    }

    @Override
    public String toString() {
        return "TicketKeyMaterial[" + name.shortForm() + "]";
    }
}
