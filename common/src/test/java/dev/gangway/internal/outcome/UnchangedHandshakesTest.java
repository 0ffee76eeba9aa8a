package dev.gangway.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.testing.ClientHellos;
import dev.gangway.testing.Mutator;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.TlsBytes;
import dev.gangway.testing.UnobservedEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With any bytes from a client, an observed engine behaves like the same engine without an observer. */
class UnchangedHandshakesTest {
    private static final int MUTATED = 2_000;
    private static final int SEED = 20260601;

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void hello_mutated_isAnsweredAlikeByWatchedAndUnwatchedEngine(String engine) throws Exception {
        // RSA, because its signatures all have the same length.
        Nodes nodes = Nodes.withRsaCertificate(engine);
        Nodes.Node node = nodes.node();
        List<byte[]> hellos = ClientHellos.of(nodes);
        Mutator mutator = new Mutator(new Random(SEED));
        int answered = 0;
        for (int i = 0; i < MUTATED; i++) {
            byte[] sound = hellos.get(i % hellos.size());
            byte[] hello = i < hellos.size() ? sound : mutator.mutate(sound);

            List<String> expected = List.of();
            List<String> actual = List.of("");
            // Some key shares are a byte shorter than others, which is unlikely to happen five times in a row.
            for (int attempt = 0; attempt < 5 && !actual.equals(expected); attempt++) {
                SSLEngine observed = node.context().createSSLEngine();
                SSLEngine bare = UnobservedEngine.of(
                        nodes.engine(), (ObservedSslEngine) node.context().createSSLEngine());
                expected = answersOf(bare, hello);
                actual = answersOf(observed, hello);
            }
            assertThat(actual).as("to %s", hex(hello)).isEqualTo(expected);
            answered += expected.stream().anyMatch(line -> line.contains("record 22")) ? 1 : 0;
        }

        assertThat(answered).as("hellos that got a ServerHello").isBetween(MUTATED / 10, MUTATED * 9 / 10);
        assertThat(node.recorder().counts())
                .as("begun by clients that spoke TLS")
                .anySatisfy(
                        counts -> assertThat(counts.of(HandshakeOutcome.FAILED)).isPositive());
    }

    private static List<String> answersOf(SSLEngine server, byte[] hello) {
        server.setUseClientMode(false);
        List<String> answers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(hello);
        ByteBuffer plain = ByteBuffer.allocate(40_000);
        // Like a container, which closes the connection after the first exception, once it has sent the alert.
        for (int i = 0; i < 12; i++) {
            HandshakeStatus status = server.getHandshakeStatus();
            answers.add("is " + status);
            ByteBuffer out = ByteBuffer.allocate(40_000);
            try {
                SSLEngineResult result = status == HandshakeStatus.NEED_WRAP
                        ? server.wrap(ByteBuffer.allocate(0), out)
                        : server.unwrap(in, plain);
                answers.add(String.valueOf(result));
            } catch (SSLException | RuntimeException e) {
                answers.add(withoutAddresses(e));
            }
            addRecords(out.flip(), answers);
            runTasks(server);
            answers.add(in.position() + " " + in.limit() + " " + plain.position());
        }
        server.closeOutbound();
        try {
            server.closeInbound();
        } catch (SSLException e) {
            answers.add(withoutAddresses(e));
        }
        answers.add(server.isInboundDone() + " " + server.isOutboundDone() + " " + server.getHandshakeStatus());
        return answers;
    }

    // Unencrypted alerts are compared completely; other messages contain random values.
    private static void addRecords(ByteBuffer out, List<String> answers) {
        while (out.remaining() >= 5) {
            int type = out.get();
            out.getShort();
            byte[] content = new byte[out.getShort()];
            out.get(content);
            answers.add("record " + type + " of " + content.length
                    + (type == TlsBytes.ALERT && content.length == 2
                            ? " " + HexFormat.of().formatHex(content)
                            : ""));
        }
    }

    private static void runTasks(SSLEngine server) {
        for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
            task.run();
        }
    }

    // BoringSSL's messages contain addresses of objects and code.
    private static String withoutAddresses(Exception e) {
        return e.toString().replaceAll("0x[0-9a-f]+", "0x");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
