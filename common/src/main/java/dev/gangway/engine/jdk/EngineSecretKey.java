package dev.gangway.engine.jdk;

import dev.gangway.keys.SecretBytes;
import java.io.NotSerializableException;
import javax.crypto.SecretKey;

/**
 * An AES key that can be wiped, which {@link javax.crypto.spec.SecretKeySpec} cannot. Once wiped it gives no bytes at
 * all: SunJSSE then seals no ticket and opens none, instead of using zeros.
 */
final class EngineSecretKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient SecretBytes bytes;

    private EngineSecretKey(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /** @param key copied; the caller wipes its own array */
    static EngineSecretKey aes(byte[] key) {
        return new EngineSecretKey(SecretBytes.copyOf(key));
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** @throws IllegalStateException once the key has been destroyed */
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
        throw new NotSerializableException("a ticket key does not leave the process");
    }

    @Override
    public String toString() {
        return "EngineSecretKey[" + bytes + "]";
    }
}
