package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.HmacSha256;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.TlsBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constructed sessions in the format of BoringSSL's ssl_asn1.cc. The tests of the engine have real ones. */
class SealedSessionTest {
    private static final int DAY = 24 * 3600;
    private static final long TIME = 1_800_000_000L;
    private static final NativeKey KEY = key((byte) 1);

    @ParameterizedTest
    @CsvSource({
        "0x0304,604800,1800000000,1800021600",
        "0x0304,600000,1799995200,1800016800",
        "0x0303,0,1800000000,1800021600"
    })
    void open_session_tellsWhenItBeganAndEnds(String protocol, long authTimeout, long began, long ends)
            throws Exception {
        byte[] session =
                session(Integer.decode(protocol), authTimeout == 0 ? new byte[0] : tagged(25, integer(authTimeout)));

        SealedSession opened = SealedSession.open(seal(session, KEY), KEY).orElseThrow();

        assertThat(opened.fullHandshake(6 * 3600)).isEqualTo(began);
        assertThat(opened.endsAt(6 * 3600)).isEqualTo(ends);
        assertThat(opened.clientChain()).isEmpty();
        assertThat(opened).hasToString("SealedSession[" + protocol.substring(3) + ", 1800000000 + 21600]");
    }

    @Test
    void open_sessionWithCertificates_hasTheWholeChain() throws Exception {
        byte[] leaf = Certificates.server("leaf").certificate().getEncoded();
        byte[] issuer = Certificates.authority("issuer").certificate().getEncoded();
        byte[] root = Certificates.authority("root").certificate().getEncoded();
        byte[] session =
                session(0x0304, tagged(3, leaf), tagged(19, TlsBytes.join(issuer, root)), tagged(25, integer(7 * DAY)));

        assertThat(SealedSession.open(seal(session, KEY), KEY).orElseThrow().clientChain())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=leaf", "CN=issuer", "CN=root");
    }

    @Test
    void open_authTimeoutThatNoSessionCanHave_isNone() throws Exception {
        byte[] session = session(0x0304, tagged(25, integer(7 * DAY + 1)));

        assertThat(SealedSession.open(seal(session, KEY), KEY)).isEmpty();
    }

    @Test
    void open_anyByteChanged_isNone() throws Exception {
        byte[] ticket = seal(session(0x0304), KEY);
        for (int at = 16; at < ticket.length; at++) {
            byte[] changed = ticket.clone();
            changed[at] ^= 1;
            assertThat(SealedSession.open(changed, KEY)).as("byte %d", at).isEmpty();
        }
        assertThat(SealedSession.open(ticket, key((byte) 2))).as("another key").isEmpty();
    }

    @Test
    void open_anyLength_isNone() throws Exception {
        byte[] ticket = seal(session(0x0304), KEY);
        for (int length = 0; length < ticket.length; length++) {
            assertThat(SealedSession.open(Arrays.copyOf(ticket, length), KEY)).isEmpty();
        }
    }

    @Test
    void open_wellSealedGarbage_isNoneOrReadable() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] session = session(0x0304, tagged(25, integer(7 * DAY)));
            session[random.nextInt(session.length)] = (byte) random.nextInt();
            SealedSession.open(seal(session, KEY), KEY)
                    .ifPresent(opened -> assertThat(opened.time()).isNotNegative());
        }
    }

    @Test
    void open_destroyedKey_isRefused() throws Exception {
        NativeKey key = key((byte) 3);
        byte[] ticket = seal(session(0x0304), key);
        key.destroy();

        assertThatThrownBy(() -> SealedSession.open(ticket, key)).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] session(int protocol, byte[]... more) {
        byte[] fields = TlsBytes.join(
                integer(1),
                integer(protocol),
                element(4, new byte[2]),
                element(4, new byte[0]),
                element(4, new byte[48]),
                tagged(1, integer(TIME)),
                tagged(2, integer(6 * 3600)));
        return element(0x30, TlsBytes.join(fields, TlsBytes.join(more)));
    }

    private static byte[] tagged(int tag, byte[] content) {
        return element(0xa0 + tag, content);
    }

    private static byte[] integer(long value) {
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

    private static byte[] seal(byte[] session, NativeKey key) throws Exception {
        byte[] iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.cipherKey(), "AES"), new IvParameterSpec(iv));
        byte[] body = TlsBytes.join(key.name(), iv, cipher.doFinal(session));
        return TlsBytes.join(body, HmacSha256.of(key.macKey(), body));
    }

    private static NativeKey key(byte first) {
        byte[] secret = new byte[32];
        secret[0] = first;
        TicketKey key = TicketKey.unscheduled(KeyName.parse("01".repeat(16)), SecretBytes.copyOf(secret));
        try {
            return NativeKey.of(key, KeyDerivation.of("layout", Scope.of("", ClientAuth.NONE, List.of())));
        } catch (InstallationException e) {
            throw new AssertionError(e);
        }
    }
}
