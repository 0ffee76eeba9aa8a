package dev.gangway.internal.wire;

import static dev.gangway.testing.TlsBytes.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The results of a reader do not depend on the pieces in which bytes arrive, nor on the kind of buffer. */
class HandshakeReaderPiecesTest {
    @Test
    void conversation_cutAtAnyOnePlace_isHeardAsInOnePiece() {
        for (Conversation conversation : Conversation.all()) {
            for (int place = 1; place < conversation.length(); place++) {
                assertThat(conversation.heardCutAt(place))
                        .as("cut at %d", place)
                        .isEqualTo(conversation.heard());
            }
        }
    }

    @Test
    void conversation_oneByteAtATime_isHeardAsInOnePiece() {
        for (Conversation conversation : Conversation.all()) {
            int[] everywhere = IntStream.range(0, conversation.length()).toArray();
            assertThat(conversation.heardCutAt(everywhere)).isEqualTo(conversation.heard());
        }
    }

    @Property(tries = 3_000)
    void conversation_cutAnyhow_isHeardAsInOnePiece(
            @ForAll @IntRange(max = 8) int which, @ForAll @Size(max = 40) int[] places) {
        Conversation conversation = Conversation.all().get(which);
        int[] inside = Arrays.stream(places)
                .map(place -> Math.floorMod(place, conversation.length()))
                .distinct()
                .toArray();

        assertThat(conversation.heardCutAt(inside)).isEqualTo(conversation.heard());
    }

    @Test
    void buffers_ofAnyKind_areReadAndLeftAsTheyAre() {
        byte[] hello = record(HANDSHAKE, clientHello(sessionTicket(ticket(7))));
        byte[] answer = join(record(HANDSHAKE, serverHello()), changeCipherSpec());

        assertUnderstood(hello, answer, ByteBuffer::wrap);
        assertUnderstood(hello, answer, bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        assertUnderstood(hello, answer, bytes -> direct(bytes));
        assertUnderstood(hello, answer, bytes -> direct(bytes).asReadOnlyBuffer());
        assertUnderstood(
                hello,
                answer,
                bytes -> ByteBuffer.wrap(join(new byte[13], bytes)).slice(13, bytes.length));
        assertUnderstood(
                hello, answer, bytes -> direct(join(new byte[13], bytes)).slice(13, bytes.length));
    }

    private interface Making {
        ByteBuffer of(byte[] bytes);
    }

    private static void assertUnderstood(byte[] hello, byte[] answer, Making buffer) {
        UnaryOperator<byte[]> padded = bytes -> join(new byte[3], bytes, new byte[4]);
        HandshakeReader reader = new HandshakeReader();
        ByteBuffer in = buffer.of(padded.apply(hello));
        ByteBuffer out = buffer.of(padded.apply(answer));
        // Like after a read and before a write: position and limit do not mark the bytes.
        in.position(3 + hello.length).limit(3 + hello.length);
        out.position(3 + answer.length);
        ByteBuffer inBefore = in.duplicate();
        ByteBuffer outBefore = out.duplicate();

        reader.fromClient(in, 3, hello.length);
        reader.fromServer(out, 3, answer.length, false);

        assertThat(reader.isResumed()).isTrue();
        assertThat(reader.ticketHead().orElseThrow()).isEqualTo(Conversation.head(ticket(7)));
        assertThat(in.position()).isEqualTo(inBefore.position());
        assertThat(in.limit()).isEqualTo(inBefore.limit());
        assertThat(out.position()).isEqualTo(outBefore.position());
        assertThat(out.limit()).isEqualTo(outBefore.limit());
        byte[] stillThere = new byte[hello.length];
        in.duplicate().clear().get(3, stillThere);
        assertThat(stillThere).isEqualTo(hello);
    }

    private static ByteBuffer direct(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        buffer.put(bytes).clear();
        return buffer;
    }
}
