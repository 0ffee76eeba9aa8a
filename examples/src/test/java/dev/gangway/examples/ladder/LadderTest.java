package dev.gangway.examples.ladder;

import static dev.gangway.examples.ladder.SyntheticTls.bytes;
import static dev.gangway.examples.ladder.SyntheticTls.clientHello;
import static dev.gangway.examples.ladder.SyntheticTls.concat;
import static dev.gangway.examples.ladder.SyntheticTls.extension;
import static dev.gangway.examples.ladder.SyntheticTls.handshake;
import static dev.gangway.examples.ladder.SyntheticTls.message;
import static dev.gangway.examples.ladder.SyntheticTls.record;
import static dev.gangway.examples.ladder.SyntheticTls.serverHello;
import static dev.gangway.examples.ladder.SyntheticTls.ticket;
import static dev.gangway.examples.ladder.SyntheticTls.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.examples.relay.Chunk;
import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final byte[] CHANGE_CIPHER_SPEC = record(20, bytes(1));

    @Test
    void draw_tls12Resumption_showsOldTicketNewTicketAndLifetime() {
        List<Chunk> chunks = new SyntheticTls()
                .client(handshake(clientHello(extension(35, ticket(200)))))
                .server(
                        handshake(serverHello(extension(35)), message(4, bytes(0, 0, 0x54, 0x60), vector(ticket(150)))),
                        CHANGE_CIPHER_SPEC,
                        record(22, new byte[40]))
                .client(CHANGE_CIPHER_SPEC, record(22, new byte[40]))
                .client(record(23, new byte[60]))
                .server(record(21, new byte[26]))
                .chunks();

        assertThat(Ladder.draw("Resumption", "node-2", RecordLog.read(chunks))).isEqualTo("""
                        Resumption
                                    client                                                    node-2
                            0.0 ms |-- ClientHello, 251 bytes ----------------------------------->|
                                   |   session_ticket: ticket of 200 bytes, 00010203 04050607...  |
                            1.0 ms |<------------------------------------ ServerHello, 48 bytes --|
                                   |                          session_ticket: a new one follows   |
                            1.0 ms |<------------------------------ NewSessionTicket, 160 bytes --|
                                   |                                      lifetime hint 21600 s   |
                                   |                  ticket of 150 bytes, 00010203 04050607...   |
                            1.0 ms |<----------------------------------------- ChangeCipherSpec --|
                            1.0 ms |<-------------------------- Handshake {encrypted, 40 bytes} --|
                            2.0 ms |-- ChangeCipherSpec ----------------------------------------->|
                            2.0 ms |-- Handshake {encrypted, 40 bytes} -------------------------->|
                            3.0 ms |-- {encrypted, 60 bytes} ------------------------------------>|
                            4.0 ms |<------------------------------ Alert {encrypted, 26 bytes} --|
                                    client sent 372 bytes, server sent 295 bytes
                        """);
    }

    @Test
    void draw_tls13Resumption_showsTheSelectedTicketAndGuessesNothing() {
        byte[] offered = extension(41, vector(vector(ticket(100)), new byte[4]), vector(new byte[33]));
        List<Chunk> chunks = new SyntheticTls()
                .client(handshake(clientHello(offered)))
                .server(
                        handshake(serverHello(extension(43, bytes(3, 4)), extension(41, bytes(0, 0)))),
                        CHANGE_CIPHER_SPEC,
                        record(23, new byte[300]))
                .client(CHANGE_CIPHER_SPEC, record(23, new byte[80]))
                .chunks();

        assertThat(Ladder.draw("Resumption", "node-2", RecordLog.read(chunks))).isEqualTo("""
                        Resumption
                                    client                                                    node-2
                            0.0 ms |-- ClientHello, 194 bytes ----------------------------------->|
                                   |   pre_shared_key: ticket of 100 bytes, 00010203 04050607...  |
                            1.0 ms |<------------------------------------ ServerHello, 56 bytes --|
                                   |                              pre_shared_key: selects PSK 0   |
                            1.0 ms |<----------------------------------------- ChangeCipherSpec --|
                            1.0 ms |<----------------------------------- {encrypted, 300 bytes} --|
                            2.0 ms |-- ChangeCipherSpec ----------------------------------------->|
                            2.0 ms |-- {encrypted, 80 bytes} ------------------------------------>|
                                    client sent 290 bytes, server sent 372 bytes
                        """);
    }

    @Test
    void read_messageInTwoRecordsAndRecordInTwoChunks_isOneMessage() {
        byte[] certificate = message(11, new byte[100]);
        byte[] flight = concat(
                handshake(serverHello()),
                record(22, Arrays.copyOf(certificate, 30)),
                record(22, Arrays.copyOfRange(certificate, 30, certificate.length)));
        List<Chunk> chunks = new SyntheticTls()
                .client(handshake(clientHello(extension(35))))
                .server(Arrays.copyOf(flight, 60))
                .server(Arrays.copyOfRange(flight, 60, flight.length))
                .chunks();

        List<TlsRecord> fromServer = RecordLog.read(chunks).records().stream()
                .filter(record -> record.direction() == Direction.FROM_SERVER)
                .toList();

        assertThat(fromServer).hasSize(3);
        assertThat(fromServer.get(1).messages()).isEmpty();
        assertThat(fromServer.get(2).messages())
                .singleElement()
                .satisfies(message -> assertThat(message.name()).isEqualTo("Certificate"));
        assertThat(fromServer.get(2).at()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void read_noServerHello_isRefused() {
        List<Chunk> chunks = new SyntheticTls().client(handshake(clientHello())).chunks();

        assertThatThrownBy(() -> RecordLog.read(chunks)).isInstanceOf(IllegalArgumentException.class);
    }
}
