package dev.gangway.engine.jdk;

import dev.gangway.keys.HmacSha256;
import dev.gangway.keys.SecretBytes;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * The AES-256 key for tickets of one {@linkplain KeyNumber number}: HMAC-SHA256(root, number).
 *
 * <p>The number says when a ticket was sealed, so a client must not be able to change it. SunJSSE means to authenticate
 * it, but the ticket code of Java 25 hands the cipher an empty buffer instead. With a key for each number it does not
 * matter: a ticket whose number was changed does not decrypt.
 *
 * <p>The bytes are worked out when the cipher asks, and not kept here. The cipher keeps them, and what it expands them to,
 * until it is collected: nobody can wipe that, but it opens the tickets of one second only. Once the root is destroyed there
 * are no bytes: SunJSSE then seals no ticket and opens none, instead of using zeros.
 */
final class NumberedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient SecretBytes root;
    private final int number;

    NumberedKey(SecretBytes root, int number) {
        this.root = root;
        this.number = number;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** @throws IllegalStateException once the ticket key has been destroyed */
    @Override
    public byte[] getEncoded() {
        byte[] key = root.copy();
        try {
            return HmacSha256.of(
                    key, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Leaves the root alone, which other numbers share: it goes when its ticket key goes. */
    @Override
    public void destroy() {}

    @Override
    public boolean isDestroyed() {
        return root.isDestroyed();
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("a ticket key does not leave the process");
    }

    @Override
    public String toString() {
        return "NumberedKey[" + Integer.toHexString(number) + "]";
    }
}
