package dev.gangway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    // A ClientHello with a session_ticket extension (35) holding aabbccdd, in one record.
    private static final byte[] CLIENT_HELLO = record(
            22,
            "01" + "00003d" + "0303" + "11".repeat(32) + "00" + "0002c02f" + "0100" + "0012" + "00230004aabbccdd"
                    + "002b000605040304" + "0303");
    private static final byte[] SERVER_HELLO_12 = record(22, "02" + "000026" + "0303" + "22".repeat(32) + "00c02f00");
    private static final byte[] CERTIFICATE = record(22, "0b" + "000003" + "000000");
    private static final byte[] NEW_TICKET = record(22, "04" + "00000a" + "00005460" + "0004" + "aabbccdd");
    private static final byte[] CHANGE_CIPHER_SPEC = record(20, "01");

    @Test
    void read_tls12FullHandshake_showsTicketOfferAndCertificate() {
        Handshake handshake = Handshake.read(CLIENT_HELLO, join(SERVER_HELLO_12, CERTIFICATE));

        assertThat(handshake.protocol()).contains("TLSv1.2");
        assertThat(handshake.resumed()).contains(false);
        assertThat(handshake.offeredTicket().orElseThrow()).isEqualTo(hex("aabbccdd"));
        assertThat(handshake.clientMessages()).containsExactly(1);
        assertThat(handshake.serverMessages()).containsExactly(2, 11);
    }

    @Test
    void read_tls12WithoutCertificateUpToChangeCipherSpec_isResumed() {
        Handshake handshake = Handshake.read(CLIENT_HELLO, join(SERVER_HELLO_12, NEW_TICKET, CHANGE_CIPHER_SPEC));

        assertThat(handshake.resumed()).contains(true);
        assertThat(handshake.issuedTicket().orElseThrow()).isEqualTo(hex("aabbccdd"));
        assertThat(handshake.issuedLifetimeSeconds()).contains(21_600);
    }

    @Test
    void read_beforeTheServerHasDecided_knowsNothing() {
        assertThat(Handshake.read(CLIENT_HELLO, new byte[0]).resumed()).isEmpty();
        assertThat(Handshake.read(CLIENT_HELLO, SERVER_HELLO_12).resumed()).isEmpty();
        assertThat(Handshake.read(new byte[0], new byte[0]).offeredTicket()).isEmpty();
    }

    @Test
    void read_messageSplitOverRecords_isPutTogether() {
        byte[] whole = join(SERVER_HELLO_12, CERTIFICATE);
        byte[] handshakeBytes = new byte[whole.length - 10];
        System.arraycopy(SERVER_HELLO_12, 5, handshakeBytes, 0, SERVER_HELLO_12.length - 5);
        System.arraycopy(CERTIFICATE, 5, handshakeBytes, SERVER_HELLO_12.length - 5, CERTIFICATE.length - 5);
        String hex = HexFormat.of().formatHex(handshakeBytes);
        byte[] split = join(record(22, hex.substring(0, 20)), record(22, hex.substring(20)));

        assertThat(Handshake.read(CLIENT_HELLO, split).serverMessages()).containsExactly(2, 11);
    }

    @Property(tries = 5_000)
    void read_anyDamage_isAnswerOrIndexOutOfBoundsButNothingElse(
            @ForAll @IntRange(max = 80) int at, @ForAll byte value, @ForAll @IntRange(max = 200) int length) {
        byte[] server = join(SERVER_HELLO_12, NEW_TICKET, CHANGE_CIPHER_SPEC);
        byte[] damagedClient = damage(CLIENT_HELLO, at, value, length);
        byte[] damagedServer = damage(server, at, value, length);

        Throwable thrown = catchThrowable(() -> {
            Handshake handshake = Handshake.read(damagedClient, damagedServer);
            handshake.offeredTicket();
            handshake.resumed();
            handshake.issuedTicket();
        });
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static byte[] damage(byte[] bytes, int at, byte value, int length) {
        byte[] damaged = Arrays.copyOf(bytes, Math.min(length, bytes.length));
        if (at < damaged.length) {
            damaged[at] = value;
        }
        return damaged;
    }

    private static byte[] record(int type, String hexBody) {
        byte[] body = hex(hexBody);
        byte[] wire = new byte[body.length + 5];
        wire[0] = (byte) type;
        wire[1] = 3;
        wire[2] = 3;
        wire[3] = (byte) (body.length >>> 8);
        wire[4] = (byte) body.length;
        System.arraycopy(body, 0, wire, 5, body.length);
        return wire;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
