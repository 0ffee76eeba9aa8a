package dev.gangway.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayTest {
    private final BlockingQueue<RelayedConnection> closed = new LinkedBlockingQueue<>();
    private final RelayListener listener = new RelayListener() {
        @Override
        public void closed(RelayedConnection connection) {
            closed.add(connection);
        }
    };
    private NumberedServer one;
    private NumberedServer two;

    @BeforeEach
    void startServers() throws IOException {
        one = NumberedServer.start(1);
        two = NumberedServer.start(2);
    }

    @AfterEach
    void stopServers() throws IOException {
        one.close();
        two.close();
    }

    @Test
    void connections_ofSeveralUpstreams_goToEachInTurn() throws Exception {
        try (TcpRelay relay = TcpRelay.start(0, List.of(one.port(), two.port()), listener)) {
            assertThat(greetings(relay, 5)).containsExactly(1, 2, 1, 2, 1);
        }
    }

    @Test
    void connection_upstreamDown_goesToTheNext() throws Exception {
        try (TcpRelay relay = TcpRelay.start(0, List.of(unusedPort(), two.port()), listener)) {
            assertThat(greetings(relay, 3)).containsExactly(2, 2, 2);
            assertThat(next().upstream()).isEqualTo(1);
        }
    }

    @Test
    void connection_allUpstreamsDown_isClosed() throws Exception {
        try (TcpRelay relay = TcpRelay.start(0, List.of(unusedPort()), listener);
                Socket client = connect(relay)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void connection_clientHasNothingMoreToSay_stillGetsWhatTheServerSays() throws Exception {
        try (TcpRelay relay = TcpRelay.start(0, List.of(one.port()), listener);
                Socket client = connect(relay)) {
            client.getOutputStream().write(new byte[] {7, 8});
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 7, 8, NumberedServer.GOODBYE);
        }
    }

    @Test
    void observation_bothDirections_isWhatWasSent() throws Exception {
        try (TcpRelay relay = TcpRelay.start(0, List.of(one.port()), listener)) {
            int localPort;
            try (Socket client = connect(relay)) {
                client.getOutputStream().write(new byte[] {7, 8});
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
                localPort = client.getLocalPort();
            }

            RelayedConnection connection = next();
            assertThat(connection.bytes(Direction.FROM_CLIENT)).containsExactly(7, 8);
            assertThat(connection.bytes(Direction.FROM_SERVER)).containsExactly(1, 7, 8, NumberedServer.GOODBYE);
            assertThat(connection.upstreamLocalPort()).isPositive().isNotEqualTo(localPort);
            assertThat(connection.chunks()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        }
    }

    @Test
    void observation_longConnection_keepsTheBeginningAndCountsTheRest() throws Exception {
        byte[] sent = new byte[3 * RelayedConnection.KEPT];
        Arrays.fill(sent, (byte) 5);
        try (TcpRelay relay = TcpRelay.start(0, List.of(one.port()), listener)) {
            try (Socket client = connect(relay)) {
                CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(client));
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                assertThat(received.get()).hasSize(sent.length + 2);
            }

            RelayedConnection connection = next();
            assertThat(connection.bytes(Direction.FROM_CLIENT)).hasSize(RelayedConnection.KEPT);
            assertThat(connection.total(Direction.FROM_CLIENT)).isEqualTo(sent.length);
            assertThat(connection.total(Direction.FROM_SERVER)).isEqualTo(sent.length + 2);
        }
    }

    @Test
    void close_openConnection_isCut() throws Exception {
        TcpRelay relay = TcpRelay.start(0, List.of(one.port()), listener);
        try (Socket client = connect(relay)) {
            assertThat(client.getInputStream().read()).isEqualTo(1);

            relay.close();

            assertThat(next().upstream()).isZero();
            assertThatThrownBy(() -> connect(relay).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void close_atOnce_nobodyConnectsAnyMore() throws Exception {
        for (int i = 0; i < 200; i++) {
            TcpRelay relay = TcpRelay.start(0, List.of(one.port()), listener);
            connect(relay).close();
            relay.close();
            assertThatThrownBy(() -> connect(relay).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void start_portTaken_isRefusedNamingThePort() {
        assertThatThrownBy(() -> TcpRelay.start(one.port(), List.of(two.port()), listener))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(one.port()));
    }

    private RelayedConnection next() throws InterruptedException {
        RelayedConnection connection = closed.poll(20, TimeUnit.SECONDS);
        assertThat(connection).isNotNull();
        return connection;
    }

    private static List<Integer> greetings(TcpRelay relay, int count) throws IOException {
        List<Integer> greetings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (Socket client = connect(relay)) {
                greetings.add(client.getInputStream().read());
            }
        }
        return greetings;
    }

    private static Socket connect(TcpRelay relay) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), relay.port());
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
