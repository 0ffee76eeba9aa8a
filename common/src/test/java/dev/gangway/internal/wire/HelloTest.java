package dev.gangway.internal.wire;

import static dev.gangway.testing.TlsBytes.*;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static final byte[] CLIENT = body(clientHello(sessionTicket(ticket(1)), offeredPsks(ticket(2), ticket(3))));
    private static final byte[] SERVER = body(serverHello(chosenTls13(), chosenPsk(1)));

    @Test
    void client_allItOffers_isRead() {
        Hello hello = Hello.ofClient(new ByteReader(CLIENT));

        assertThat(hello.sessionTicket().orElseThrow().takeRest()).isEqualTo(ticket(1));
        assertThat(pskIdentity(hello, 0)).isEqualTo(ticket(2));
        assertThat(pskIdentity(hello, 1)).isEqualTo(ticket(3));
        assertThatThrownBy(() -> pskIdentity(hello, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void client_sessionParts_areUsualUnlessOneIsNot() {
        assertThat(hasUsualSessionParts()).as("nothing").isTrue();
        assertThat(hasUsualSessionParts(hostName("Node-1.example"), schemes(13, 255), schemes(50, 255)))
                .isTrue();
        assertThat(hasUsualSessionParts(hostName("a.example"), hostName("a.example")))
                .as("two extensions")
                .isFalse();
        assertThat(hasUsualSessionParts(hostName("a.example"), schemes(13, 256)))
                .isFalse();
        assertThat(hasUsualSessionParts(schemes(13, 256), schemes(13, 1))).isFalse();
        assertThat(hasUsualSessionParts(schemes(50, 256))).isFalse();
        assertThat(hasUsualSessionParts(hostName("a_b.example"))).isFalse();
    }

    @Test
    void client_hostName_isReadIfItsListIsWellFormed() {
        byte[] other = SessionPartsTest.name(1, "other");
        byte[] name = SessionPartsTest.name(0, "a_b.example");
        assertThat(readHostName(extension(0, SessionPartsTest.names(name)))).isEqualTo("a_b.example");
        assertThat(readHostName(extension(0, SessionPartsTest.names(other, name))))
                .isEqualTo("a_b.example");
        assertThat(readHostName()).isEqualTo("none");
        assertThat(readHostName(extension(0, SessionPartsTest.names(other)))).isEqualTo("none");
        assertThat(readHostName(hostName("a.example"), hostName("b.example"))).isEqualTo("none");
        byte[] names = SessionPartsTest.names(name, other);
        for (int length = 0; length < names.length; length++) {
            assertThat(readHostName(extension(0, Arrays.copyOf(names, length)))).isEqualTo("none");
        }
    }

    private static String readHostName(byte[]... extensions) {
        return Hello.ofClient(new ByteReader(body(clientHello(extensions))))
                .hostName()
                .map(name -> new String(name, US_ASCII))
                .orElse("none");
    }

    private static boolean hasUsualSessionParts(byte[]... extensions) {
        return Hello.ofClient(new ByteReader(body(clientHello(extensions)))).hasUsualSessionParts();
    }

    private static byte[] hostName(String name) {
        return extension(0, SessionPartsTest.names(SessionPartsTest.name(0, name)));
    }

    private static byte[] schemes(int type, int count) {
        byte[] list = new byte[2 + 2 * count];
        ByteBuffer.wrap(list).putShort((short) (2 * count));
        return extension(type, list);
    }

    @Test
    void server_allItChooses_isReadAsOftenAsAsked() {
        Hello hello = Hello.ofServer(new ByteReader(SERVER));

        for (int i = 0; i < 2; i++) {
            assertThat(hello.version()).isEqualTo(Hello.TLS_1_3);
            assertThat(hello.selectsPsk()).isTrue();
            assertThat(hello.selectedIdentity()).isEqualTo(1);
            assertThat(hello.isRetry()).isFalse();
        }
        assertThat(Hello.ofServer(new ByteReader(body(helloRetryRequest()))).isRetry())
                .isTrue();
    }

    @Test
    void server_randomThatDiffersInItsLastByte_isNoRetry() {
        byte[] almost = body(helloRetryRequest());
        almost[33] ^= 1;

        assertThat(Hello.ofServer(new ByteReader(almost)).isRetry()).isFalse();
    }

    @Test
    void hello_cutShortAnywhere_isOutOfBoundsUnlessItEndsBeforeItsExtensions() {
        for (int length = 0; length < CLIENT.length; length++) {
            byte[] cut = Arrays.copyOf(CLIENT, length);
            if (length == CLIENT.length - extensionsLength(CLIENT) - 2) {
                assertThat(Hello.ofClient(new ByteReader(cut)).preSharedKey()).isEmpty();
            } else {
                assertThatThrownBy(() -> Hello.ofClient(new ByteReader(cut)))
                        .as("%d bytes", length)
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Property(tries = 5_000)
    void hello_anyTwoBytesDamaged_isReadOrOutOfBounds(
            @ForAll @IntRange(max = 400) int first,
            @ForAll byte a,
            @ForAll @IntRange(max = 400) int second,
            @ForAll byte b) {
        for (byte[] sound : new byte[][] {CLIENT, SERVER}) {
            byte[] damaged = sound.clone();
            damaged[first % damaged.length] = a;
            damaged[second % damaged.length] = b;
            Throwable thrown = catchThrowable(() -> readEverything(damaged, sound == CLIENT));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void message_absurdlyLong_isOutOfBoundsBeforeItIsThere() {
        HandshakeReader reader = new HandshakeReader();
        assertThatThrownBy(() -> fromClient(reader, hex("1603030004" + "01ffffff")))
                .isInstanceOf(IndexOutOfBoundsException.class);
        HandshakeReader other = new HandshakeReader();
        fromClient(other, hex("1603030004" + "01010000"));
        assertThatThrownBy(() -> fromClient(new HandshakeReader(), hex("1603030004" + "01010001")))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void message_absurdlyLongButNotWanted_isPassedOver() {
        HandshakeReader reader = new HandshakeReader();
        fromClient(reader, hex("1603030004" + "0bffffff"));
        for (int i = 0; i < 300; i++) {
            fromClient(reader, encrypted(HANDSHAKE, 16_384));
        }

        assertThat(reader.isAnswered()).isFalse();
    }

    @Test
    void ticket_ofAnAnswerWithoutAHello_isNotToBeHad() {
        HandshakeReader reader = new HandshakeReader();
        byte[] answer = record(HANDSHAKE, serverHello(chosenTls13()));
        reader.fromServer(ByteBuffer.wrap(answer), 0, answer.length, false);

        assertThat(reader.isAnswered()).isFalse();
    }

    @Test
    void records_emptyOrOfNoKnownKind_arePassedOver() {
        HandshakeReader reader = new HandshakeReader();
        fromClient(reader, encrypted(HANDSHAKE, 0));
        fromClient(reader, encrypted(99, 0));
        fromClient(reader, encrypted(99, 65_535));
        fromClient(reader, record(HANDSHAKE, clientHello(sessionTicket(ticket(1)))));
        byte[] answer = join(record(HANDSHAKE, serverHello()), changeCipherSpec());
        reader.fromServer(ByteBuffer.wrap(answer), 0, answer.length, false);

        assertThat(reader.ticketHead().orElseThrow()).isEqualTo(Conversation.head(ticket(1)));
    }

    private static byte[] pskIdentity(Hello hello, int index) {
        return Hello.pskIdentity(hello.preSharedKey().orElseThrow(), index).takeRest();
    }

    @Test
    void clientHello_withAnotherBehindItInOneRecord_isRefused() {
        byte[] hello = clientHello(sessionTicket(ticket(1)));

        assertThatThrownBy(() -> fromClient(new HandshakeReader(), record(HANDSHAKE, hello, hello)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> fromClient(new HandshakeReader(), record(HANDSHAKE, hello, new byte[] {1})))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void clientHello_extensionThatComesTwice_isRefused() {
        for (byte[] extension : new byte[][] {sessionTicket(ticket(1)), offeredPsks(ticket(1))}) {
            assertThatThrownBy(() ->
                            fromClient(new HandshakeReader(), record(HANDSHAKE, clientHello(extension, extension))))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static void readEverything(byte[] body, boolean fromClient) {
        if (fromClient) {
            Hello hello = Hello.ofClient(new ByteReader(body));
            hello.sessionTicket();
            hello.preSharedKey().ifPresent(offered -> Hello.pskIdentity(offered, 1));
        } else {
            Hello hello = Hello.ofServer(new ByteReader(body));
            hello.version();
            if (hello.selectsPsk()) {
                hello.selectedIdentity();
            }
        }
    }

    private static void fromClient(HandshakeReader reader, byte[] bytes) {
        reader.fromClient(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    private static byte[] body(byte[] message) {
        return Arrays.copyOfRange(message, 4, message.length);
    }

    // An offset in the ClientHello of TlsBytes.
    private static int extensionsLength(byte[] body) {
        return body.length - (2 + 32 + 1 + 32 + 2 + 4 + 1 + 1) - 2;
    }
}
