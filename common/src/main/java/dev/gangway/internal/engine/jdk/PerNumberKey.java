package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.HmacSha256;
import dev.gangway.internal.keys.SecretBytes;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The AES-256 key for tickets with the same meaning: HMAC-SHA256(root, Unix second of the end, full or resumed).
 *
 * <p>The number of a ticket encodes when its session ends, so a client must not be able to change it. SunJSSE is meant
 * to authenticate it, but the ticket code of Java 25 up to 25.0.3 passes an empty buffer to the cipher instead. With a
 * key for each number this does not matter: a ticket whose number was changed does not decrypt. The key also depends on
 * the whole second, of which the number contains the last bits only.
 *
 * <p>The bytes are derived when SunJSSE looks up the key, and kept for as long as its handshake, so SunJSSE can still
 * read them if the ticket key is wiped in between. SunJSSE does not signal when it no longer needs them, and the cipher
 * makes copies that cannot be wiped. All copies remain until they are garbage-collected, but they open the tickets of
 * one second only.
 */
final class PerNumberKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient SecretBytes bytes;
    private final transient Meaning meaning;

    private PerNumberKey(SecretBytes bytes, Meaning meaning) {
        this.bytes = bytes;
        this.meaning = meaning;
    }

    /** @return empty if {@code root} has been destroyed */
    static Optional<PerNumberKey> derive(SecretBytes root, Meaning meaning) {
        byte[] key;
        try {
            key = root.copy();
        } catch (IllegalStateException destroyed) {
            return Optional.empty();
        }
        byte[] message = ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(meaning.endsAt())
                .put((byte) (meaning.isRenewed() ? 1 : 0))
                .array();
        byte[] derived = HmacSha256.of(key, message);
        try {
            return Optional.of(new PerNumberKey(SecretBytes.copyOf(derived), meaning));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** @throws IllegalStateException after {@link #destroy} */
    @Override
    public byte[] getEncoded() {
        return bytes.copy();
    }

    @Override
    public void destroy() {
        bytes.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return bytes.isDestroyed();
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("a ticket key must not leave the process");
    }

    @Override
    public String toString() {
        return "PerNumberKey[" + meaning + "]";
    }
}
