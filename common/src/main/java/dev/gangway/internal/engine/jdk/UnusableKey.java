package dev.gangway.internal.engine.jdk;

import java.io.NotSerializableException;
import javax.crypto.SecretKey;

/**
 * A key that cannot be used. If SunJSSE is given it to seal with, it issues an empty ticket, which in TLS 1.2 means "no
 * ticket" (RFC 5077 section 3.3). TLS 1.3 does not allow empty tickets, and clients end the connection.
 */
final class UnusableKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        throw new IllegalStateException("no ticket is to be issued");
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("an unusable key cannot be serialized");
    }
}
