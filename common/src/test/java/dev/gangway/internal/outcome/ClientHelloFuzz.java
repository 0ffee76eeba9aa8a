package dev.gangway.internal.outcome;

import static dev.gangway.testing.TlsBytes.*;

import dev.gangway.internal.wire.HandshakeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * The fuzzer's target. With any bytes from a client, in any pieces, a reader returns a result or throws an {@link
 * IndexOutOfBoundsException}, an observer throws nothing, and neither changes a buffer.
 */
public final class ClientHelloFuzz {
    private static final byte[] HELLO = record(HANDSHAKE, clientHello(offeredTls13(), offeredPsks(ticket(1))));
    private static final byte[][] ANSWERS = {
        join(record(HANDSHAKE, serverHello()), changeCipherSpec()),
        record(HANDSHAKE, serverHello(), message(11)),
        record(HANDSHAKE, serverHello(chosenTls13())),
        record(HANDSHAKE, serverHello(chosenTls13(), chosenPsk(0))),
        record(HANDSHAKE, serverHello(chosenTls13(), chosenPsk(1))),
        record(HANDSHAKE, helloRetryRequest()),
    };

    private static final HandshakeParts PARTS = new HandshakeParts();

    private ClientHelloFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        int sum = Arrays.hashCode(input);
        byte[] answer = ANSWERS[Math.floorMod(sum, ANSWERS.length)];
        int piece = 1 + Math.floorMod(sum >>> 8, 300);
        ByteBuffer bytes = ByteBuffer.wrap(input.clone()).position(input.length);
        String whole = read(bytes, input.length, answer);
        String inPieces = read(bytes, piece, answer);
        require(whole.equals(inPieces), "in one piece " + whole + ", in pieces " + inPieces);
        read(ByteBuffer.wrap(HELLO), HELLO.length, input);
        observe(bytes, input.length, answer);
        observe(bytes, piece, answer);
        require(bytes.position() == input.length && bytes.limit() == input.length, "a buffer was moved");
        require(Arrays.equals(bytes.array(), input), "a buffer was written to");
    }

    private static String read(ByteBuffer bytes, int piece, byte[] answer) {
        HandshakeReader reader = new HandshakeReader();
        try {
            for (int at = 0; at < bytes.limit(); at += piece) {
                reader.fromClient(bytes, at, Math.min(piece, bytes.limit() - at));
            }
            reader.fromServer(ByteBuffer.wrap(answer), 0, answer.length, false);
            return reader.isAnswered() + " " + reader.isResumed() + " " + reader.protocol() + " "
                    + (reader.isAnswered() ? reader.ticketHead().map(HexFormat.of()::formatHex) : "");
        } catch (IndexOutOfBoundsException e) {
            return "not understood";
        }
    }

    private static void observe(ByteBuffer bytes, int piece, byte[] answer) {
        HandshakeObserver observer = PARTS.newObserver();
        for (int at = 0; at < bytes.limit(); at += piece) {
            int length = Math.min(piece, bytes.limit() - at);
            observer.received(
                    bytes, at, new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, length, 0), PARTS.engine());
        }
        ByteBuffer out = ByteBuffer.wrap(answer).position(answer.length);
        observer.sent(
                out, 0, new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, answer.length), PARTS.engine());
        require(out.position() == answer.length && out.limit() == answer.length, "the server's buffer was moved");
        // There is data, so the handshake is over, even if its messages could not be read.
        observer.received(
                ByteBuffer.allocate(0),
                0,
                new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 0, 1),
                PARTS.engine());
        require(observer.seen().isPresent(), "a handshake that is over is not counted");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
