package dev.gangway.internal.engine.conscrypt;

import static dev.gangway.internal.engine.conscrypt.SealedTickets.integer;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.seal;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.session;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.TlsBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constructed sessions in the format of BoringSSL's ssl_asn1.cc. The tests of the engine have real ones. */
class SealedSessionTest {
    private static final int DAY = 24 * 3600;
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
    void open_authTimeoutThatNoSessionCanHave_isUnreadable() throws Exception {
        byte[] ticket = seal(session(0x0304, tagged(25, integer(7 * DAY + 1))), KEY);

        assertThatThrownBy(() -> SealedSession.open(ticket, KEY)).isInstanceOf(IllegalStateException.class);
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
    void open_wellSealedGarbage_isUnreadableOrHasATime() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] session = session(0x0304, tagged(25, integer(7 * DAY)));
            session[random.nextInt(session.length)] = (byte) random.nextInt();
            byte[] ticket = seal(session, KEY);
            try {
                assertThat(SealedSession.open(ticket, KEY).orElseThrow().time()).isNotNegative();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("cannot be read");
            }
        }
    }

    @Test
    void open_destroyedKey_isRefused() throws Exception {
        NativeKey key = key((byte) 3);
        byte[] ticket = seal(session(0x0304), key);
        key.destroy();

        assertThatThrownBy(() -> SealedSession.open(ticket, key)).isInstanceOf(IllegalStateException.class);
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
