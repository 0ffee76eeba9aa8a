package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After a resumption on another node, applications see what they saw after the full handshake, except for the session id:
 * {@code docs/applications.md} has a table of it, with which these tests compare what they saw.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ApplicationViewContract {
    private static final Path DOCUMENT = Path.of("..", "docs", "applications.md");

    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final Certificates.Held CLIENT = Certificates.client(
            "client", Certificates.intermediate("issuer", Certificates.intermediate("issuer of issuers", AUTHORITY)));
    private static final Certificates.Held SERVER = Certificates.server("localhost");

    @TempDir
    protected Path folder;

    private String keys;
    private Path keyStore;
    private Path trustStore;

    /** A running server. */
    public record Node(int port, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    /** Its name in the table. */
    protected abstract String container();

    /** The TLS engines of these tests. */
    protected abstract List<String> engines();

    /**
     * Starts a server that requires client certificates, logs clients in by them (CLIENT-CERT), and answers with
     * {@link ApplicationView#write}.
     */
    protected abstract Node start(String engine, String keys, Path keyStore, Path trustStore) throws Exception;

    @BeforeEach
    void writeFiles() throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keys = "file:" + keyFile;
        keyStore = Certificates.write(Certificates.keyStore(SERVER), folder.resolve("keystore.p12"));
        trustStore = Certificates.write(Certificates.trustStore(AUTHORITY), folder.resolve("trust.p12"));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void request_afterAResumptionOnTheOtherNode_hasWhatTheDocumentSays(String engine) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Node a = start(engine, keys, keyStore, trustStore);
                Node b = start(engine, keys, keyStore, trustStore)) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                HttpsClient client = HttpsClient.of(protocol, Certificates.keyManagers(CLIENT));
                Seen full = see(client, a);
                assertThat(full.resumed).isFalse();
                assertThat(full.view.chain()).isEqualTo("CN=client/CN=issuer/CN=issuer of issuers");
                // Tomcat's OpenSSL appends the name of an application protocol.
                assertThat(full.view.protocol()).isIn(protocol, protocol + ":TLS");
                assertThat(full.view.principal()).isEqualTo("CN=client");
                assertThat(full.view.keySize()).isIn("128", "256");
                assertThat(full.view.cipherSuite()).startsWith("TLS_");

                Seen resumed = see(client, b);
                assertThat(resumed.resumed).isTrue();
                assertThat(resumed.view.withoutSessionId()).isEqualTo(full.view.withoutSessionId());
                Seen again = see(client, a);
                assertThat(again.resumed).isTrue();
                assertThat(again.view.withoutSessionId()).isEqualTo(full.view.withoutSessionId());
                String after = sessionId(full.view, resumed.view);
                assertThat(sessionId(full.view, again.view)).isEqualTo(after);
                rows.add(String.join(
                        " | ",
                        "| " + container(),
                        engine,
                        protocol.replace("TLSv", "TLS "),
                        full.view.sessionId().isEmpty() ? "none" : "an id",
                        after + " |"));
            }
        }
        assertThat(Files.readString(DOCUMENT)
                        .lines()
                        .filter(row -> row.startsWith("| " + container() + " | " + engine)))
                .isEqualTo(rows);
    }

    /** The longest chain of which this engine issues tickets is shorter than some of these. */
    @ParameterizedTest
    @MethodSource("engines")
    void request_withALongChain_hasAllOfItWithAndWithoutTicket(String engine) throws Exception {
        try (Node a = start(engine, keys, keyStore, trustStore);
                Node b = start(engine, keys, keyStore, trustStore)) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                for (int length : new int[] {12_000, 27_000, 31_000, 60_000}) {
                    HttpsClient client = HttpsClient.of(
                            protocol,
                            Certificates.keyManagers(Certificates.clientWithLargeChain("client", AUTHORITY, length)));
                    Seen full = see(client, a);
                    assertThat(full.view.chain()).isEqualTo("CN=client/CN=client 2/CN=client 1");
                    Seen second = see(client, b);
                    assertThat(second.view.chain()).isEqualTo(full.view.chain());
                    boolean isShort =
                            length <= (engine.equals("jdk") ? 28_000 : 16_000) || isUnlimited(engine, protocol);
                    assertThat(second.resumed).as("%s %d", protocol, length).isEqualTo(isShort);
                }
            }
        }
    }

    // BoringSSL decides to issue a ticket before it has the chain.
    private static boolean isUnlimited(String engine, String protocol) {
        return engine.equals("conscrypt") && protocol.equals("TLSv1.2");
    }

    private static String sessionId(ApplicationView full, ApplicationView resumed) {
        if (resumed.sessionId().isEmpty()) {
            return "none";
        }
        if (full.sessionId().isEmpty()) {
            return "an id that the client chose";
        }
        return resumed.sessionId().equals(full.sessionId()) ? "the same id" : "another id";
    }

    private record Seen(boolean resumed, ApplicationView view) {}

    /** Two requests on one connection. */
    private static Seen see(HttpsClient client, Node node) throws IOException {
        try (HttpsConnection connection = client.connect(node.port())) {
            ApplicationView first = ApplicationView.of(new String(connection.get("/view"), StandardCharsets.UTF_8));
            ApplicationView second = ApplicationView.of(new String(connection.get("/view"), StandardCharsets.UTF_8));
            assertThat(second).isEqualTo(first);
            return new Seen(connection.handshake().resumed().orElseThrow(), first);
        }
    }
}
