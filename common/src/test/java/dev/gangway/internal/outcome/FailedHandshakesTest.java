package dev.gangway.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.testing.EngineClient;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.Nodes.Node;
import dev.gangway.testing.TlsBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failed handshakes of real engines, and connections without a TLS handshake. */
class FailedHandshakesTest {
    private static final byte[] BAD_HELLO = TlsBytes.hex("1603010008" + "0100000403030000");

    /** The calls of containers after the end of a connection, in any order. */
    private enum Ending {
        CLOSE_INBOUND,
        CLOSE_OUTBOUND,
        WRAP,
        UNWRAP;

        void of(SSLEngine server) {
            ByteBuffer buffer = ByteBuffer.allocate(40_000);
            try {
                switch (this) {
                    case CLOSE_INBOUND -> server.closeInbound();
                    case CLOSE_OUTBOUND -> server.closeOutbound();
                    case WRAP -> server.wrap(ByteBuffer.allocate(0), buffer);
                    case UNWRAP -> server.unwrap(ByteBuffer.wrap(BAD_HELLO), buffer);
                }
            } catch (SSLException | RuntimeException e) {
                // The connection has ended, and the engine may report that in several ways.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void hello_thatTheEngineRefuses_isCountedOnceWhateverTheContainerDoesThen(String engine) throws Exception {
        Node node = new Nodes(engine).node();
        int connections = 0;
        for (Ending first : Ending.values()) {
            for (Ending second : Ending.values()) {
                for (Ending third : Ending.values()) {
                    SSLEngine server = server(node);
                    serve(server, BAD_HELLO);
                    first.of(server);
                    second.of(server);
                    third.of(server);
                    Ending.CLOSE_INBOUND.of(server);
                    connections++;
                    assertThat(failed(node))
                            .as(first + " " + second + " " + third)
                            .isEqualTo(connections);
                }
            }
        }
        assertThat(countAll(node)).isEqualTo(connections);
    }

    @EveryEngineAndProtocol
    void client_thatLeavesAfterItsHello_isCountedAsFailed(String engine, String protocol) throws Exception {
        Node node = new Nodes(engine).node();
        for (Ending ending : List.of(Ending.CLOSE_INBOUND, Ending.CLOSE_OUTBOUND)) {
            SSLEngine server = server(node);
            serve(server, new EngineClient("jdk", protocol).hello());
            ending.of(server);
            ending.of(server);
        }

        assertThat(node.recorder().counts()).singleElement().satisfies(counts -> {
            assertThat(counts.protocol()).isEqualTo(protocol);
            assertThat(counts.of(HandshakeOutcome.FAILED)).isEqualTo(2);
        });
    }

    @EveryEngineAndProtocol
    void client_thatDoesNotTrustTheServer_isCountedAsFailed(String engine, String protocol) throws Exception {
        Node node = new Nodes(engine).node();
        SSLContext distrustful = SSLContext.getInstance("TLS", "SunJSSE");
        distrustful.init(null, null, null);
        SSLEngine client = distrustful.createSSLEngine("node.invalid", 443);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        SSLEngine server = server(node);

        assertThatThrownBy(() -> InMemoryHandshake.run(client, server)).isInstanceOf(SSLException.class);
        server.closeOutbound();
        assertThat(failed(node)).isEqualTo(1);
        assertThat(countAll(node)).isEqualTo(1);
    }

    @EveryEngineAndProtocol
    void client_ofAnotherVersion_isCountedAsFailedBeforeAVersionWasChosen(String engine, String protocol)
            throws Exception {
        Node node = new Nodes(engine).node();
        SSLEngine server = server(node);
        server.setEnabledProtocols(new String[] {protocol});
        String other = protocol.equals("TLSv1.2") ? "TLSv1.3" : "TLSv1.2";
        serve(server, new EngineClient("jdk", other).hello());
        server.closeOutbound();

        assertThat(node.recorder().counts()).singleElement().satisfies(counts -> {
            assertThat(counts.protocol()).isEqualTo("none");
            assertThat(counts.of(HandshakeOutcome.FAILED)).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void connection_withoutAByteOrWithHttp_isNotCounted(String engine) throws Exception {
        Node node = new Nodes(engine).node();
        for (Ending ending : Ending.values()) {
            if (ending != Ending.UNWRAP) {
                SSLEngine silent = server(node);
                silent.beginHandshake();
                ending.of(silent);
                silent.closeOutbound();
            }
            SSLEngine spokenToInHttp = server(node);
            serve(spokenToInHttp, "GET / HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (ending != Ending.UNWRAP) {
                ending.of(spokenToInHttp);
            }
            spokenToInHttp.closeOutbound();
        }

        assertThat(countAll(node)).isZero();
    }

    @Test
    void renegotiation_ofTls12_isNotCounted() throws Exception {
        Node node = new Nodes("jdk").node();
        SSLEngine server = server(node);
        SSLEngine client = new EngineClient("jdk", "TLSv1.2").newEngine();
        InMemoryHandshake.run(client, server);
        byte[] session = server.getSession().getId();
        client.getSession().invalidate();
        InMemoryHandshake.run(client, server);
        server.closeOutbound();

        assertThat(server.getSession().getId()).as("it was another handshake").isNotEqualTo(session);
        assertThat(countAll(node)).isEqualTo(1);
        assertThat(node.recorder().counts().get(0).withNewTicket()).isEqualTo(1);
    }

    @EveryEngineAndProtocol
    void close_afterAHandshake_isNoFailure(String engine, String protocol) throws Exception {
        Node node = new Nodes(engine).node();
        for (Ending ending : Ending.values()) {
            SSLEngine server = server(node);
            new EngineClient("jdk", protocol).connect(server);
            ending.of(server);
            server.closeOutbound();
            Ending.CLOSE_INBOUND.of(server);
        }

        assertThat(failed(node)).isZero();
        assertThat(countAll(node)).isEqualTo(Ending.values().length);
    }

    private static SSLEngine server(Node node) {
        SSLEngine server = node.context().createSSLEngine();
        server.setUseClientMode(false);
        return server;
    }

    /** Continues until the engine needs more bytes, or throws. */
    private static void serve(SSLEngine server, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Throwable thrown = null;
        for (int i = 0; i < 4 && thrown == null; i++) {
            thrown = catchThrowable(() -> {
                server.unwrap(in, ByteBuffer.allocate(40_000));
                for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
                    task.run();
                }
                server.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(40_000));
            });
        }
    }

    private static long failed(Node node) {
        return node.recorder().counts().stream()
                .mapToLong(counts -> counts.of(HandshakeOutcome.FAILED))
                .sum();
    }

    private static long countAll(Node node) {
        return node.recorder().counts().stream()
                .flatMap(counts -> counts.outcomes().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
