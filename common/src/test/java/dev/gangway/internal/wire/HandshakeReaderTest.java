package dev.gangway.internal.wire;

import static dev.gangway.internal.wire.Conversation.OLD;
import static dev.gangway.internal.wire.Conversation.OLDER;
import static dev.gangway.testing.TlsBytes.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gangway.internal.wire.Conversation.Answers;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeReaderTest {
    @Test
    void tls12_full_tellsTheOfferedTicketAndTheNewOne() {
        assertThat(Conversation.tls12Full().heard()).isEqualTo(answers("full", "TLSv1.2", OLD, true));
    }

    @Test
    void tls12_resumed_hasNoNewTicketUnlessItIsRenewed() {
        assertThat(Conversation.tls12Resumed().heard()).isEqualTo(answers("resumed", "TLSv1.2", OLD, false));
        assertThat(Conversation.tls12ResumedWithRenewal().heard()).isEqualTo(answers("resumed", "TLSv1.2", OLD, true));
    }

    @Test
    void tls12_emptyTicketOrNone_isNoTicket() {
        for (byte[] extension : new byte[][] {sessionTicket(new byte[0]), {}}) {
            assertThat(new Conversation()
                            .client(record(HANDSHAKE, clientHello(extension)))
                            .server(record(HANDSHAKE, serverHello(), Conversation.CERTIFICATE))
                            .heard())
                    .isEqualTo(answers("full", "TLSv1.2", null, false));
        }
    }

    @Test
    void ticket_shorterThanAHead_isToldWhole() {
        byte[] shortest = {1};
        assertThat(new Conversation()
                        .client(record(HANDSHAKE, clientHello(sessionTicket(shortest))))
                        .server(record(HANDSHAKE, serverHello(), Conversation.CERTIFICATE))
                        .heard())
                .isEqualTo(answers("full", "TLSv1.2", shortest, false));
        assertThat(Conversation.tls13(offeredPsks(shortest)).heard())
                .isEqualTo(answers("full", "TLSv1.3", shortest, false));
    }

    @Test
    void tls12_helloWithoutExtensions_isRead() {
        byte[] shortest = message(1, hex("0303"), new byte[32], hex("00" + "0002c02f" + "0100"));
        byte[] answer = message(2, hex("0303"), new byte[32], hex("00" + "c02f" + "00"));

        assertThat(new Conversation()
                        .client(record(HANDSHAKE, shortest))
                        .server(record(HANDSHAKE, answer, Conversation.SERVER_HELLO_DONE))
                        .heard())
                .isEqualTo(answers("full", "TLSv1.2", null, false));
    }

    @Test
    void tls12_serverHelloAlone_isNoAnswerYet() {
        assertThat(new Conversation()
                        .client(record(HANDSHAKE, clientHello(sessionTicket(OLD))))
                        .server(record(HANDSHAKE, serverHello()))
                        .heard())
                .isEqualTo(new Answers(true, "", "TLSv1.2", "", false));
    }

    @Test
    void tls12_clientThatOffersBothKindsOfTickets_isSaidToOfferTheOneForTheChosenVersion() {
        byte[] hello = record(HANDSHAKE, clientHello(sessionTicket(OLD), offeredTls13(), offeredPsks(OLDER)));

        assertThat(new Conversation()
                        .client(hello)
                        .server(record(HANDSHAKE, serverHello()), changeCipherSpec())
                        .heard())
                .isEqualTo(answers("resumed", "TLSv1.2", OLD, false));
        assertThat(new Conversation()
                        .client(hello)
                        .server(record(HANDSHAKE, serverHello(chosenTls13())))
                        .heard())
                .isEqualTo(answers("full", "TLSv1.3", OLDER, false));
    }

    @Test
    void tls13_full_tellsTheFirstOfferedTicketOrThatThereIsNone() {
        assertThat(Conversation.tls13(new byte[0]).heard()).isEqualTo(answers("full", "TLSv1.3", null, false));
        assertThat(Conversation.tls13(offeredPsks(OLD, OLDER)).heard())
                .isEqualTo(answers("full", "TLSv1.3", OLD, false));
    }

    @Test
    void tls13_resumed_tellsTheTicketThatTheServerTook() {
        assertThat(Conversation.tls13(offeredPsks(OLD, OLDER), chosenPsk(0)).heard())
                .isEqualTo(answers("resumed", "TLSv1.3", OLD, false));
        assertThat(Conversation.tls13(offeredPsks(OLD, OLDER), chosenPsk(1)).heard())
                .isEqualTo(answers("resumed", "TLSv1.3", OLDER, false));
    }

    @Test
    void tls13_helloRetryRequest_makesTheSecondHelloCount() {
        assertThat(Conversation.tls13WithRetry().heard()).isEqualTo(answers("resumed", "TLSv1.3", OLDER, true));
    }

    @Test
    void tls13_recordAfterTheClientsLastMessage_isANewTicketIfItIsLongerThanAnAlert() {
        assertThat(full13().server(encrypted(APPLICATION_DATA, 250)).heard().newTicket())
                .isTrue();
        assertThat(full13().server(encrypted(APPLICATION_DATA, 36)).heard().newTicket())
                .isTrue();
        assertThat(full13().server(encrypted(APPLICATION_DATA, 35)).heard().newTicket())
                .as("an alert")
                .isFalse();
    }

    @Test
    void tls13_firstData_isNoTicketButWhatComesInFrontOfItIs() {
        byte[] data = encrypted(APPLICATION_DATA, 600);
        byte[] ticket = encrypted(APPLICATION_DATA, 250);

        assertThat(full13().serverWithData(data).heard().newTicket()).isFalse();
        assertThat(full13().serverWithData(ticket, data).heard().newTicket()).isTrue();
        assertThat(full13().serverWithData(ticket, encrypted(APPLICATION_DATA, 18))
                        .heard()
                        .newTicket())
                .as("one byte of data")
                .isTrue();
        assertThat(full13().serverWithData(ticket, new byte[] {APPLICATION_DATA, 3, 3, 2, 0})
                        .heard()
                        .newTicket())
                .as("data that did not fit")
                .isTrue();
    }

    @Test
    void awaitsNewTicket_tls13UntilOneHasCome_isTrue() {
        HandshakeReader reader = new HandshakeReader();
        assertThat(reader.awaitsNewTicket()).as("no version yet").isFalse();
        fromClient(reader, record(HANDSHAKE, clientHello(offeredTls13())));
        fromServer(reader, record(HANDSHAKE, serverHello(chosenTls13())));
        assertThat(reader.awaitsNewTicket()).isTrue();
        fromClient(reader, encrypted(APPLICATION_DATA, 53));
        fromServer(reader, encrypted(APPLICATION_DATA, 250));
        assertThat(reader.awaitsNewTicket()).isFalse();
    }

    @Test
    void hasBegun_firstRecordOfAHandshake_isTrueBeforeTheMessageIsThere() {
        HandshakeReader reader = new HandshakeReader();
        fromClient(reader, hex("16030102"));
        assertThat(reader.hasBegun()).isFalse();
        fromClient(reader, hex("00"));
        assertThat(reader.hasBegun()).isTrue();
    }

    @Test
    void longHello_announcedAndNotSent_costsNoMoreMemoryThanWhatHasCome() {
        byte[] beginning = record(HANDSHAKE, hex("0100ffff" + "0303"));
        int connections = 1_000;
        List<HandshakeReader> readers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            readers.add(new HandshakeReader());
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        readers.forEach(reader -> fromClient(reader, beginning));

        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated / connections).isLessThan(1_000);
    }

    @Test
    void longHello_inPieces_isReadAsWhole() {
        byte[] old = new byte[60_000];
        Arrays.fill(old, (byte) 7);
        byte[] hello = clientHello(sessionTicket(old));
        for (int piece : new int[] {1, 2, 1_000, 16_384}) {
            Conversation conversation = new Conversation();
            for (int at = 0; at < hello.length; at += piece) {
                conversation.client(
                        record(HANDSHAKE, Arrays.copyOfRange(hello, at, Math.min(hello.length, at + piece))));
            }
            assertThat(conversation
                            .server(record(HANDSHAKE, serverHello(), Conversation.CERTIFICATE))
                            .heard())
                    .as("pieces of %d", piece)
                    .isEqualTo(answers("full", "TLSv1.2", old, false));
        }
    }

    @Test
    void hasBegun_otherProtocol_isFalse() {
        HandshakeReader reader = new HandshakeReader();
        fromClient(reader, hex("474554202f20485454502f312e310d0a486f73743a20780d0a0d0a"));
        fromClient(reader, encrypted(ALERT, 2));

        assertThat(reader.hasBegun()).isFalse();
        assertThat(reader.isAnswered()).isFalse();
        assertThat(reader.protocol()).isEmpty();
    }

    @Test
    void protocol_versionsOfOld_areTheirNumbers() {
        assertThat(Hello.protocol(0x0302)).isEqualTo("0x302");
        assertThat(new Conversation()
                        .client(record(HANDSHAKE, clientHello()))
                        .server(record(HANDSHAKE, message(2, hex("0301"), new byte[32], hex("00c02f00"))))
                        .heard()
                        .protocol())
                .isEqualTo("0x301");
    }

    private static Conversation full13() {
        return Conversation.tls13(offeredPsks(OLD));
    }

    private static void fromClient(HandshakeReader reader, byte[] bytes) {
        reader.fromClient(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    private static void fromServer(HandshakeReader reader, byte[] bytes) {
        reader.fromServer(ByteBuffer.wrap(bytes), 0, bytes.length, false);
    }

    private static Answers answers(String answer, String protocol, byte[] ticket, boolean newTicket) {
        return new Answers(
                true,
                answer,
                protocol,
                ticket == null ? "none" : HexFormat.of().formatHex(Conversation.head(ticket)),
                newTicket);
    }
}
