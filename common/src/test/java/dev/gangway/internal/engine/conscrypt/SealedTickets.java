package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.keys.HmacSha256;
import dev.gangway.testing.TlsBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes tickets as BoringSSL does, with sessions in the format of its ssl_asn1.cc. */
final class SealedTickets {
    static final long TIME = 1_800_000_000L;

    private SealedTickets() {}

    /** A session of {@link #TIME} for six hours. */
    static byte[] session(int protocol, byte[]... more) {
        return session(protocol, TIME, 6 * 3600, more);
    }

    /**
     * @param time the Unix second at which it began
     * @param timeout in seconds
     */
    static byte[] session(int protocol, long time, long timeout, byte[]... more) {
        byte[] fields = TlsBytes.join(
                integer(1),
                integer(protocol),
                element(4, new byte[2]),
                element(4, new byte[0]),
                element(4, new byte[48]),
                tagged(1, integer(time)),
                tagged(2, integer(timeout)));
        return element(0x30, TlsBytes.join(fields, TlsBytes.join(more)));
    }

    static byte[] tagged(int tag, byte[] content) {
        return element(0xa0 + tag, content);
    }

    static byte[] integer(long value) {
        return element(2, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length + 4).put((byte) tag);
        if (content.length < 128) {
            bytes.put((byte) content.length);
        } else {
            bytes.put((byte) 0x82).putShort((short) content.length);
        }
        bytes.put(content).flip();
        byte[] result = new byte[bytes.remaining()];
        bytes.get(result);
        return result;
    }

    static byte[] seal(byte[] session, NativeKey key) throws Exception {
        byte[] iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.cipherKey(), "AES"), new IvParameterSpec(iv));
        byte[] body = TlsBytes.join(key.name(), iv, cipher.doFinal(session));
        return TlsBytes.join(body, HmacSha256.of(key.macKey(), body));
    }
}
