package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gangway.internal.engine.ObservedSslEngine.Observer;
import dev.gangway.testing.EngineClient;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.Nodes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wrapper around an engine, with any observer. */
@Tag("engine")
class ObservedSslEngineTest {
    @Test
    void methods_ofAnSslEngine_areAllPassedOn() {
        assertThat(Arrays.stream(SSLEngine.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method ->
                                !Modifier.isStatic(method.getModifiers()) && !Modifier.isFinal(method.getModifiers()))
                        .filter(method -> !isOverridden(method)))
                .as(
                        "of Java %d; each must be passed on to the engine that does the work",
                        Runtime.version().feature())
                .isEmpty();
    }

    @EveryEngineAndProtocol
    void observer_thatAlwaysThrows_changesNoHandshakeAndIsNotAskedAgain(String engine, String protocol)
            throws Exception {
        Broken observer = new Broken();
        SSLContext context = new Nodes(engine).node().context();
        SSLEngine own = ((ObservedSslEngine) context.createSSLEngine()).own();

        new EngineClient(engine, protocol).connect(new ObservedSslEngine(own, observer));

        assertThat(own.getSession().getProtocol()).isEqualTo(protocol);
        assertThat(observer.asked).isEqualTo(1);
    }

    @Test
    void failure_seenByAWatchThatThrows_reachesTheContainerAsItIs() throws Exception {
        ByteBuffer http = ByteBuffer.wrap(new byte[] {'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P'});
        SSLEngine bare = server();
        ObservedSslEngine observed = new ObservedSslEngine(server(), new Broken());

        Throwable expected = catchThrowable(() -> bare.unwrap(http.duplicate(), ByteBuffer.allocate(40_000)));
        assertThatThrownBy(() -> observed.unwrap(http.duplicate(), ByteBuffer.allocate(40_000)))
                .isExactlyInstanceOf(expected.getClass())
                .hasMessage(expected.getMessage());
    }

    @Test
    void wrap_thatOverflowsABufferForARecord_isSaidInTheLogOnce() throws Exception {
        SSLEngine overflowing = new ForwardingSslEngine(server()) {
            @Override
            public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) {
                return new SSLEngineResult(
                        SSLEngineResult.Status.BUFFER_OVERFLOW, SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING, 0, 0);
            }

            @Override
            public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) {
                throw new UnsupportedOperationException();
            }

            @Override
            public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
                return SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
            }

            @Override
            public void closeInbound() {}

            @Override
            public void closeOutbound() {}
        };
        int enough = overflowing.getSession().getPacketBufferSize();
        try (LogCapture log = new LogCapture()) {
            ObservedSslEngine observed = new ObservedSslEngine(overflowing, new Broken());
            observed.wrap(ByteBuffer.allocate(1), ByteBuffer.allocate(enough - 1));
            assertThat(log.at(Level.WARNING))
                    .as("the container's buffer is too small")
                    .isEmpty();

            observed.wrap(ByteBuffer.allocate(1), ByteBuffer.allocate(enough));
            observed.wrap(ByteBuffer.allocate(1), ByteBuffer.allocate(enough));

            assertThat(log.at(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("produced more bytes in one call than its packet buffer size of");
        }
    }

    @Test
    void close_withAWatchThatThrows_closes() throws Exception {
        SSLEngine own = server();
        ObservedSslEngine observed = new ObservedSslEngine(own, new Broken());
        observed.closeOutbound();

        assertThat(own.isOutboundDone()).isTrue();
    }

    @Test
    void arguments_thatAreNoBuffers_areRefusedAsByTheEngineItself() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(40_000);
        ByteBuffer[] none = null;
        for (Use use : List.<Use>of(
                server -> server.unwrap(null, buffer),
                server -> server.unwrap(buffer, (ByteBuffer) null),
                server -> server.unwrap(buffer, none),
                server -> server.unwrap(null, new ByteBuffer[] {buffer}, 0, 1),
                server -> server.unwrap(buffer, new ByteBuffer[] {buffer}, 0, 2),
                server -> server.unwrap(buffer, ByteBuffer.allocate(9).asReadOnlyBuffer()),
                server -> server.wrap(buffer, null),
                server -> server.wrap((ByteBuffer) null, buffer),
                server -> server.wrap(none, buffer),
                server -> server.wrap(new ByteBuffer[] {buffer}, 0, 2, buffer),
                server -> server.wrap(buffer, ByteBuffer.allocate(9).asReadOnlyBuffer()))) {
            SSLEngine bare = server();
            SSLEngine observed = new ObservedSslEngine(server(), new Broken());
            assertThat(String.valueOf(catchThrowable(call(use, observed))))
                    .isEqualTo(String.valueOf(catchThrowable(call(use, bare))));
        }
    }

    @Test
    void applicationProtocolSelector_isGivenTheEngineThatTheContainerKnows() throws Exception {
        SSLEngine own = server();
        ObservedSslEngine observed = new ObservedSslEngine(own, new Broken());
        BiFunction<SSLEngine, List<String>, String> selector =
                (engine, protocols) -> engine == observed ? protocols.get(0) : "another engine";
        assertThat(observed.getHandshakeApplicationProtocolSelector()).isNull();

        observed.setHandshakeApplicationProtocolSelector(selector);
        assertThat(observed.getHandshakeApplicationProtocolSelector()).isSameAs(selector);
        assertThat(own.getHandshakeApplicationProtocolSelector().apply(own, List.of("h2")))
                .isEqualTo("h2");

        observed.setHandshakeApplicationProtocolSelector(null);
        assertThat(observed.getHandshakeApplicationProtocolSelector()).isNull();
        assertThat(own.getHandshakeApplicationProtocolSelector()).isNull();
    }

    private interface Use {
        void on(SSLEngine server) throws Exception;
    }

    private static ThrowingCallable call(Use use, SSLEngine server) {
        return () -> use.on(server);
    }

    private static SSLEngine server() throws Exception {
        SSLEngine server = SSLContext.getDefault().createSSLEngine();
        server.setUseClientMode(false);
        return server;
    }

    private static boolean isOverridden(Method method) {
        return Stream.of(ForwardingSslEngine.class, ObservedSslEngine.class)
                .flatMap(wrapper -> Arrays.stream(wrapper.getDeclaredMethods()))
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static final class Broken implements Observer {
        int asked;

        @Override
        public boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return broken();
        }

        @Override
        public boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return broken();
        }

        @Override
        public boolean finished(SSLEngine engine) {
            return broken();
        }

        @Override
        public boolean failed(ByteBuffer bytes, int from, int length) {
            return broken();
        }

        @Override
        public boolean ended() {
            return broken();
        }

        private boolean broken() {
            asked++;
            throw new IllegalStateException("broken on purpose");
        }
    }
}
