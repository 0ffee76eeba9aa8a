package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.manager.TicketKeyManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the counts of a server in JMX with the connections of clients, which cause each outcome a different number of
 * times.
 */
public abstract class OutcomesContract {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PERIOD = Duration.ofHours(12);
    private static final Duration ROOM = Duration.ofHours(7);

    @TempDir
    protected Path folder;

    protected Path keyStore;

    private final Instant now = Instant.now();
    private final KeyTimes active = times(now.minus(HOUR));
    private final KeyTimes previous = times(now.minus(PERIOD).minusSeconds(60));
    private final KeyTimes next = times(now.plus(PERIOD));
    private final KeyTimes notYetAccepted = new KeyTimes(
            now.plus(ROOM),
            now.plus(ROOM),
            now.plus(ROOM).plus(PERIOD),
            now.plus(ROOM).plus(PERIOD).plus(ROOM));

    private Node issuer;
    private Node node;
    private OutcomeCounts counts;

    /** A running server. */
    public interface Node extends AutoCloseable {
        int port();

        TicketKeyManager manager();

        @Override
        void close();
    }

    /** Starts a server with the keys in {@code keyFile} and the certificate in {@link #keyStore}. */
    protected abstract Node start(String engine, Path keyFile) throws Exception;

    @BeforeEach
    void writeKeyStore() {
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    @AfterEach
    void stop() {
        for (Node running : Arrays.asList(issuer, node)) {
            if (running != null) {
                running.close();
            }
        }
    }

    /** A test for each engine of the container. */
    protected final void countEveryOutcome(String engine, String protocol) throws Exception {
        TicketKey first = key();
        TicketKey second = key();
        TicketKey foreign = key();
        write("issuer.keys", first.withTimes(active));
        write("node.keys", first.withTimes(active), second.withTimes(next));
        issuer = start(engine, folder.resolve("issuer.keys"));
        counts = OutcomeCounts.ofServerStartedBy(
                () -> node = start(engine, folder.resolve("node.keys")), engine, protocol);

        expect(HandshakeOutcome.FULL_WITHOUT_TICKET, 2, client("plain", protocol));
        OpenSslClient ofFirst = withTicket("first", protocol);
        expect(HandshakeOutcome.RESUMED_ACTIVE_KEY, 3, ofFirst);

        issuerSealsWith(second);
        OpenSslClient ofSecond = withTicket("second", protocol);
        expect(HandshakeOutcome.RESUMED_NEXT_KEY, 4, ofSecond);

        issuerSealsWith(foreign);
        OpenSslClient ofForeign = withTicket("foreign", protocol);
        expect(HandshakeOutcome.FULL_UNKNOWN_KEY, 5, ofForeign);
        assertThat(counts.aheadOfKey()).isZero();

        load(first.withTimes(previous), second.withTimes(active), foreign.withTimes(notYetAccepted));
        assertThat(counts.aheadOfKey())
                .as("a key that comes later than its tickets")
                .isEqualTo(5);
        expect(HandshakeOutcome.RESUMED_PREVIOUS_KEY, 6, ofFirst);
        expect(HandshakeOutcome.FULL_KEY_NOT_YET_ACCEPTED, 7, ofForeign);

        load(second.withTimes(active));
        expect(HandshakeOutcome.FULL_KEY_DESTROYED, 8, ofFirst);
        showChangedTickets(protocol, 2);
        failInEveryWay(protocol);
        sayNothingOfTls();

        // Without shared keys an engine uses its own random keys.
        node.manager().close();
        OpenSslClient ofOwn = client("own", protocol);
        expect(HandshakeOutcome.FULL_WITHOUT_TICKET, 1, ofOwn);
        expect(HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY, 9, ofOwn);

        counts.assertEqual();
    }

    /** Connects a client, with or without a ticket, to the node under test. */
    private void expect(HandshakeOutcome outcome, int connections, OpenSslClient client) throws Exception {
        for (int i = 0; i < connections; i++) {
            OpenSslClient.Answer answer = outcome == HandshakeOutcome.FULL_WITHOUT_TICKET
                    ? client.begin(node.port(), "localhost")
                    : client.resume(node.port(), "localhost");
            assertThat(answer.served()).isTrue();
            assertThat(answer.resumed()).as(outcome.toString()).isEqualTo(outcome.isResumed());
            counts.expect(outcome, answer.hasNewTicket());
        }
        counts.assertEqual();
    }

    private OpenSslClient withTicket(String name, String protocol) throws Exception {
        OpenSslClient client = client(name, protocol);
        client.begin(issuer.port(), "localhost");
        return client;
    }

    private OpenSslClient client(String name, String protocol) throws IOException {
        return OpenSslClient.of(folder.resolve(name), protocol).tellingMessages();
    }

    private void showChangedTickets(String protocol, int times) throws Exception {
        HttpsClient client = HttpsClient.of(protocol);
        for (int i = 0; i < times; i++) {
            boolean given = client.get(node.port()).handshake().issuedTicket().isPresent();
            counts.expect(
                    i == 0 ? HandshakeOutcome.FULL_WITHOUT_TICKET : HandshakeOutcome.RESUMED_ACTIVE_KEY,
                    given || isTls13(protocol));
            client.changeTickets(ticket -> ticket[ticket.length - 1] ^= 1);
            HttpsClient.Exchange refused = client.get(node.port());
            assertThat(refused.resumed()).isFalse();
            counts.expect(HandshakeOutcome.FULL_TICKET_REFUSED, true);
        }
        counts.assertEqual();
    }

    private void failInEveryWay(String protocol) throws Exception {
        OpenSslClient client = client("failing", protocol);
        // No common cipher suite: the server aborts before its ServerHello.
        client.with("-cipher", "CAMELLIA128-SHA", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256")
                .fail(node.port());
        counts.expectFailure(false);
        // The client does not trust the certificate: it aborts after the ServerHello.
        client.with("-verify_return_error", "-no-CAfile", "-no-CApath", "-no-CAstore")
                .fail(node.port());
        counts.expectFailure(true);
        // The client disconnects during the handshake.
        byte[] hello = new EngineClient("jdk", protocol).hello();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.getOutputStream().write(hello);
            assertThat(socket.getInputStream().read()).isEqualTo(22);
        }
        counts.expectFailure(true);
        // A hello that every engine refuses, because an extension occurs twice.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout(10_000);
            byte[] twice = TlsBytes.clientHello(
                    TlsBytes.sessionTicket(TlsBytes.ticket(1)), TlsBytes.sessionTicket(TlsBytes.ticket(2)));
            socket.getOutputStream().write(TlsBytes.record(TlsBytes.HANDSHAKE, twice));
            assertThat(socket.getInputStream().read()).as("an alert").isEqualTo(21);
        }
        counts.expectFailure(false);
        counts.awaitEqual();
    }

    /** A connection without a TLS handshake is not counted, not even as failed. */
    private void sayNothingOfTls() throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), node.port()).close();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            socket.setSoTimeout((int) Await.TIMEOUT.toMillis());
            while (in.read() >= 0) {
                // Until the server closes the connection.
            }
        }
        counts.assertEqual();
    }

    private void issuerSealsWith(TicketKey key) throws Exception {
        write("issuer.keys", key.withTimes(active));
        issuer.manager().reload();
        assertThat(issuer.manager().ring().active()).map(TicketKey::name).contains(key.name());
    }

    private void load(TicketKey... keys) throws Exception {
        write("node.keys", keys);
        node.manager().reload();
        assertThat(node.manager().status().fault()).isEmpty();
        assertThat(node.manager().ring().known())
                .extracting(TicketKey::name)
                .containsExactlyInAnyOrder(
                        Arrays.stream(keys).map(TicketKey::name).toArray(KeyName[]::new));
    }

    private void write(String file, TicketKey... keys) throws IOException {
        KeyFileWriter.writeKeyset(folder.resolve(file), List.of(keys));
    }

    private TicketKey key() {
        return TicketKey.random(active, RANDOM);
    }

    private static boolean isTls13(String protocol) {
        return protocol.equals("TLSv1.3");
    }

    private static KeyTimes times(Instant activateAt) {
        Instant retireAt = activateAt.plus(PERIOD);
        return new KeyTimes(activateAt.minus(PERIOD), activateAt, retireAt, retireAt.plus(ROOM));
    }
}
