package dev.gangway.internal.wire;

import static dev.gangway.testing.TlsBytes.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Constructed bytes of both sides of one connection, and the results of a {@link HandshakeReader} for them. */
final class Conversation {
    static final byte[] OLD = ticket(0xa1);
    static final byte[] OLDER = ticket(0xa2);
    static final byte[] CERTIFICATE = message(11, new byte[900]);
    static final byte[] SERVER_HELLO_DONE = message(14);

    /** One call of an engine. */
    private static final class Step {
        final boolean byClient;
        final byte[] bytes;
        final boolean withData;

        Step(boolean byClient, byte[] bytes, boolean withData) {
            this.byClient = byClient;
            this.bytes = bytes;
            this.withData = withData;
        }
    }

    /** All results of a reader, in a form that can be compared. */
    record Answers(boolean begun, String answer, String protocol, String ticket, boolean newTicket) {}

    private final List<Step> steps = new ArrayList<>();

    Conversation client(byte[]... bytes) {
        steps.add(new Step(true, join(bytes), false));
        return this;
    }

    Conversation server(byte[]... bytes) {
        steps.add(new Step(false, join(bytes), false));
        return this;
    }

    Conversation serverWithData(byte[]... bytes) {
        steps.add(new Step(false, join(bytes), true));
        return this;
    }

    /** The part of a ticket that a reader returns. */
    static byte[] head(byte[] ticket) {
        return Arrays.copyOf(ticket, Math.min(ticket.length, HandshakeReader.TICKET_HEAD_LENGTH));
    }

    int length() {
        return steps.stream().mapToInt(step -> step.bytes.length).sum();
    }

    Answers heard() {
        HandshakeReader reader = new HandshakeReader();
        steps.forEach(step -> feed(reader, step, 0, step.bytes.length));
        return answersOf(reader);
    }

    /**
     * Like {@link #heard}, but cut at these positions, counted from the start of the conversation. A record with data is not
     * cut, because the flag for data applies to a whole record.
     */
    Answers heardCutAt(int... places) {
        HandshakeReader reader = new HandshakeReader();
        int start = 0;
        for (Step step : steps) {
            int first = start;
            int length = step.bytes.length;
            int[] cuts = step.withData
                    ? new int[0]
                    : Arrays.stream(places)
                            .map(place -> place - first)
                            .filter(place -> place > 0 && place < length)
                            .sorted()
                            .toArray();
            int at = 0;
            for (int cut : cuts) {
                feed(reader, step, at, cut - at);
                at = cut;
            }
            feed(reader, step, at, length - at);
            start += length;
        }
        return answersOf(reader);
    }

    private static void feed(HandshakeReader reader, Step step, int from, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(step.bytes);
        if (step.byClient) {
            reader.fromClient(bytes, from, length);
        } else {
            reader.fromServer(bytes, from, length, step.withData);
        }
    }

    private static Answers answersOf(HandshakeReader reader) {
        String ticket = reader.isAnswered()
                ? reader.ticketHead().map(HexFormat.of()::formatHex).orElse("none")
                : "";
        return new Answers(
                reader.hasBegun(),
                reader.isAnswered() ? (reader.isResumed() ? "resumed" : "full") : "",
                reader.protocol().orElse(""),
                ticket,
                reader.hasNewTicket());
    }

    // The usual ones.

    static Conversation tls12Full() {
        return new Conversation()
                .client(record(HANDSHAKE, clientHello(sessionTicket(OLD))))
                .server(record(HANDSHAKE, serverHello(), CERTIFICATE, SERVER_HELLO_DONE))
                .client(record(HANDSHAKE, message(16, new byte[66])), changeCipherSpec(), encrypted(HANDSHAKE, 40))
                .server(record(HANDSHAKE, newSessionTicket(OLDER)))
                .server(changeCipherSpec(), encrypted(HANDSHAKE, 40));
    }

    static Conversation tls12Resumed() {
        return new Conversation()
                .client(record(HANDSHAKE, clientHello(sessionTicket(OLD))))
                .server(record(HANDSHAKE, serverHello()), changeCipherSpec(), encrypted(HANDSHAKE, 40))
                .client(changeCipherSpec(), encrypted(HANDSHAKE, 40));
    }

    static Conversation tls12ResumedWithRenewal() {
        return new Conversation()
                .client(record(HANDSHAKE, clientHello(sessionTicket(OLD))))
                .server(record(HANDSHAKE, serverHello(), newSessionTicket(OLDER)))
                .server(changeCipherSpec(), encrypted(HANDSHAKE, 40))
                .client(changeCipherSpec(), encrypted(HANDSHAKE, 40));
    }

    /** A full handshake if {@code chosen} is empty, up to the client's Finished. */
    static Conversation tls13(byte[] offered, byte[]... chosen) {
        return new Conversation()
                .client(record(HANDSHAKE, clientHello(offeredTls13(), offered)))
                .server(record(HANDSHAKE, serverHello(chosenTls13(), join(chosen))))
                .server(changeCipherSpec(), encrypted(APPLICATION_DATA, 60), encrypted(APPLICATION_DATA, 900))
                .client(changeCipherSpec(), encrypted(APPLICATION_DATA, 53));
    }

    static Conversation tls13WithRetry() {
        return new Conversation()
                .client(record(HANDSHAKE, clientHello(offeredTls13(), offeredPsks(OLD))))
                .server(record(HANDSHAKE, helloRetryRequest()), changeCipherSpec())
                .client(changeCipherSpec(), record(HANDSHAKE, clientHello(offeredTls13(), offeredPsks(OLDER))))
                .server(record(HANDSHAKE, serverHello(chosenTls13(), chosenPsk(0))))
                .server(encrypted(APPLICATION_DATA, 60))
                .client(encrypted(APPLICATION_DATA, 53))
                .server(encrypted(APPLICATION_DATA, 250));
    }

    static List<Conversation> all() {
        return List.of(
                tls12Full(),
                tls12Resumed(),
                tls12ResumedWithRenewal(),
                tls13(new byte[0]).server(encrypted(APPLICATION_DATA, 250)),
                tls13(offeredPsks(OLD, OLDER), chosenPsk(0))
                        .serverWithData(encrypted(APPLICATION_DATA, 250), encrypted(APPLICATION_DATA, 600)),
                tls13(offeredPsks(OLD, OLDER), chosenPsk(1)).serverWithData(encrypted(APPLICATION_DATA, 600)),
                tls13(offeredPsks(OLD)).server(encrypted(APPLICATION_DATA, 35)),
                tls13WithRetry(),
                overManyRecords());
    }

    /** Each message in records of 7 bytes. */
    static Conversation overManyRecords() {
        return new Conversation()
                .client(inRecordsOf(7, clientHello(sessionTicket(OLD))))
                .server(inRecordsOf(7, join(serverHello(), newSessionTicket(OLDER))))
                .server(changeCipherSpec(), encrypted(HANDSHAKE, 40));
    }

    private static byte[] inRecordsOf(int size, byte[] messages) {
        byte[] records = {};
        for (int at = 0; at < messages.length; at += size) {
            records = join(
                    records, record(HANDSHAKE, Arrays.copyOfRange(messages, at, Math.min(at + size, messages.length))));
        }
        return records;
    }
}
