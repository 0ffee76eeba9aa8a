package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes that an application sends arrive unchanged, for any size. The first response after a handshake is critical: the
 * engine sends tickets at the same time, in the same buffer.
 */
public abstract class ResponseBytesContract {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");
    private static final TrustDomain DEMANDING = TrustDomain.asking(ClientAuth.REQUIRED, ClientChain.AUTHORITY);
    // Fewer than the default maximum of requests on one connection in any container.
    private static final int REQUESTS_OF_A_CONNECTION = 90;
    private static final int SERVER_HELLO = 2;

    @TempDir
    protected Path folder;

    protected Path keyStore;

    /** The setting {@code keys} of every server of a test. */
    protected String keys;

    private final ResponseSizes sizes = new ResponseSizes();
    private final List<String> engines;

    /** @param engines of the container */
    protected ResponseBytesContract(String... engines) {
        this.engines = List.of(engines);
    }

    @BeforeEach
    void writeFiles() throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keys = "file:" + keyFile;
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    /** Starts a server that returns {@link ResponseBytes}, with {@link #keys} and the certificate in {@link #keyStore}. */
    protected abstract Node start(String engine, TrustDomain domain) throws Exception;

    /** A running container. */
    public record Node(int port, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    @TestFactory
    Stream<DynamicTest> response_firstOnAConnection_arrivesWhole() {
        return everyEngineAndProtocol(this::firstResponsesArrive);
    }

    @TestFactory
    Stream<DynamicTest> response_laterOnAConnection_arrivesWhole() {
        return everyEngineAndProtocol(this::laterResponsesArrive);
    }

    @TestFactory
    Stream<DynamicTest> response_toAClientWithCertificates_arrivesWhole() {
        return Stream.of(ClientChain.values())
                .flatMap(chain -> everyEngineAndProtocol(
                        chain + ", ", (engine, protocol) -> responsesArriveAt(chain, engine, protocol)));
    }

    @TestFactory
    Stream<DynamicTest> response_http2_arrivesWhole() {
        return engines.stream().map(engine -> dynamicTest(engine, () -> http2ResponsesArrive(engine)));
    }

    /** In TLS 1.2, tickets are part of the handshake. */
    @TestFactory
    Stream<DynamicTest> ticket_clientThatAsksForNothing_arrives() {
        return engines.stream().map(engine -> dynamicTest(engine, () -> idleClientGetsTickets(engine)));
    }

    /** The first response after a full handshake, and after a resumption at another node. */
    private void firstResponsesArrive(String engine, String protocol) throws Exception {
        try (Node a = start(engine, TrustDomain.OPEN);
                Node b = start(engine, TrustDomain.OPEN)) {
            for (int size : sizes.firstOnAConnection()) {
                HttpsClient client = HttpsClient.of(protocol);
                assertThat(resumesAndServes(client, a, size)).isFalse();
                assertThat(resumesAndServes(client, b, size)).isTrue();
            }
        }
    }

    /** Any number of responses on one connection, which begins with a full handshake or a resumption. */
    private void laterResponsesArrive(String engine, String protocol) throws Exception {
        try (Node node = start(engine, TrustDomain.OPEN)) {
            HttpsClient client = HttpsClient.of(protocol);
            List<Integer> all = sizes.onOneConnection();
            for (int from = 0; from < all.size(); from += REQUESTS_OF_A_CONNECTION) {
                try (HttpsConnection connection = client.connect(node.port())) {
                    for (int size : all.subList(from, Math.min(all.size(), from + REQUESTS_OF_A_CONNECTION))) {
                        assertArrives(connection, size);
                    }
                    assertThat(connection.handshake().resumed()).contains(from > 0);
                }
            }
        }
    }

    /** The first responses to a client with certificates, after a full handshake and a second connection elsewhere. */
    private void responsesArriveAt(ClientChain chain, String engine, String protocol) throws Exception {
        KeyManager[] certificates = chain.keyManagers();
        try (Node a = start(engine, DEMANDING);
                Node b = start(engine, DEMANDING)) {
            for (int size : sizes.besideLargeTickets()) {
                HttpsClient client = HttpsClient.of(protocol, certificates);
                assertThat(resumesAndServes(client, a, size)).isFalse();
                boolean resumed = resumesAndServes(client, b, size);
                // An engine may ignore tickets of unusual size, but it must serve.
                if (chain.compareTo(ClientChain.ELEVEN_KILOBYTES) <= 0) {
                    assertThat(resumed).as("resumed with %s", chain).isTrue();
                }
            }
        }
    }

    /** The first responses after a full handshake and after resumptions, and many on one connection, of HTTP/2. */
    private void http2ResponsesArrive(String engine) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Node node = start(engine, TrustDomain.OPEN)) {
            SSLContext context = TicketClient.of("TLSv1.3").context();
            HttpClient client = null;
            for (int size : sizes.firstOnAConnection()) {
                // Each HTTP client has its own connections; the tickets are in the TLS context.
                client = HttpClient.newBuilder()
                        .sslContext(context)
                        .version(HttpClient.Version.HTTP_2)
                        .executor(executor)
                        .build();
                assertArrivesByHttp2(client, node, size);
            }
            for (int size : sizes.onOneConnection()) {
                assertArrivesByHttp2(client, node, size);
            }
        } finally {
            executor.shutdown();
        }
    }

    /** A client that sends no request receives its tickets too. */
    private void idleClientGetsTickets(String engine) throws Exception {
        try (Node a = start(engine, TrustDomain.OPEN);
                Node b = start(engine, TrustDomain.OPEN)) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            try (HttpsConnection connection = client.connect(a.port())) {
                connection.startHandshake();
                assertThat(connection.handshake().serverMessages()).contains(SERVER_HELLO);
                // The client has read the server's Finished, so the next record can only be a ticket.
                assertThat(connection.awaitRecord()).isEqualTo(TlsBytes.APPLICATION_DATA);
                assertThat(connection.closeAndReadToTheEnd()).isEmpty();
            }
            assertThat(client.get(b.port()).resumed()).isTrue();
        }
    }

    private interface Trial {
        void run(String engine, String protocol) throws Exception;
    }

    private Stream<DynamicTest> everyEngineAndProtocol(Trial trial) {
        return everyEngineAndProtocol("", trial);
    }

    private Stream<DynamicTest> everyEngineAndProtocol(String name, Trial trial) {
        return engines.stream()
                .flatMap(engine -> Stream.of("TLSv1.2", "TLSv1.3")
                        .map(protocol ->
                                dynamicTest(name + engine + ", " + protocol, () -> trial.run(engine, protocol))));
    }

    private static boolean resumesAndServes(HttpsClient client, Node node, int size) throws IOException {
        try (HttpsConnection connection = client.connect(node.port())) {
            assertArrives(connection, size);
            return connection.handshake().resumed().orElseThrow();
        }
    }

    private static void assertArrives(HttpsConnection connection, int size) {
        try {
            assertThat(connection.get(ResponseBytes.path(size)))
                    .as("response of %d bytes", size)
                    .isEqualTo(ResponseBytes.of(size));
        } catch (IOException e) {
            throw new AssertionError("response of " + size + " bytes does not arrive: " + e, e);
        }
    }

    private static void assertArrivesByHttp2(HttpClient client, Node node, int size) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + node.port() + ResponseBytes.path(size)))
                .timeout(Await.TIMEOUT)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).as("response of %d bytes", size).isEqualTo(ResponseBytes.of(size));
        } catch (IOException e) {
            throw new AssertionError("response of " + size + " bytes does not arrive: " + e, e);
        }
    }
}
