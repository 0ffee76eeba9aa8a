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
 * What the fuzzer calls: whatever a client sends, a tap answers or throws an {@link IndexOutOfBoundsException}, in whichever
 * pieces it comes; a watch throws nothing; and neither touches a buffer.
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
        String whole = tap(bytes, input.length, answer);
        String inPieces = tap(bytes, piece, answer);
        require(whole.equals(inPieces), "in one piece " + whole + ", in pieces " + inPieces);
        tap(ByteBuffer.wrap(HELLO), HELLO.length, input);
        observe(bytes, input.length, answer);
        observe(bytes, piece, answer);
        require(bytes.position() == input.length && bytes.limit() == input.length, "a buffer was moved");
        require(Arrays.equals(bytes.array(), input), "a buffer was written to");
    }

    private static String tap(ByteBuffer bytes, int piece, byte[] answer) {
        HandshakeReader tap = new HandshakeReader();
        try {
            for (int at = 0; at < bytes.limit(); at += piece) {
                tap.fromClient(bytes, at, Math.min(piece, bytes.limit() - at));
            }
            tap.fromServer(ByteBuffer.wrap(answer), 0, answer.length, false);
            return tap.isAnswered() + " " + tap.isResumed() + " " + tap.protocol() + " "
                    + (tap.isAnswered() ? tap.ticketHead().map(HexFormat.of()::formatHex) : "");
        } catch (IndexOutOfBoundsException e) {
            return "not understood";
        }
    }

    private static void observe(ByteBuffer bytes, int piece, byte[] answer) {
        HandshakeObserver observer = PARTS.newWatch();
        for (int at = 0; at < bytes.limit(); at += piece) {
            int length = Math.min(piece, bytes.limit() - at);
            observer.received(
                    bytes, at, new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, length, 0), PARTS.engine());
        }
        ByteBuffer out = ByteBuffer.wrap(answer).position(answer.length);
        observer.sent(
                out, 0, new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, answer.length), PARTS.engine());
        require(out.position() == answer.length && out.limit() == answer.length, "the server's buffer was moved");
        // Data comes, so the handshake was over, whatever could be read of it.
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
