package dev.gangway.engine.jdk;

import dev.gangway.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.keys.HmacSha256;
import dev.gangway.keys.SecretBytes;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * The AES-256 key for tickets that say the same: HMAC-SHA256(root, Unix second of the end, full or resumed).
 *
 * <p>The number of a ticket says when its session ends, so a client must not be able to change it. SunJSSE means to
 * authenticate it, but the ticket code of Java 25 up to 25.0.3 hands the cipher an empty buffer instead. With a key for each
 * number it does not matter: a ticket whose number was changed does not decrypt. And the key knows the whole second, of which the
 * number has the last bits only.
 *
 * <p>The bytes are worked out when the cipher asks, and not kept here. The cipher keeps them, and what it expands them to,
 * until it is collected: nobody can wipe that, but it opens the tickets of one second only. Once the root is destroyed there
 * are no bytes: SunJSSE then seals no ticket and opens none, instead of using zeros.
 */
final class NumberedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient SecretBytes root;
    private final transient Meaning meaning;

    NumberedKey(SecretBytes root, Meaning meaning) {
        this.root = root;
        this.meaning = meaning;
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
                    key,
                    ByteBuffer.allocate(Long.BYTES + 1)
                            .putLong(meaning.endsAt())
                            .put((byte) (meaning.isRenewed() ? 1 : 0))
                            .array());
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
        return "NumberedKey[" + meaning + "]";
    }
}
