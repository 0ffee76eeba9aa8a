package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request attributes in a container's access log: resumed, outcome, key, age of the ticket, age of the authentication. */
public abstract class AttributesContract {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    @TempDir
    protected Path folder;

    private final BlockingQueue<String> accessLog = new LinkedBlockingQueue<>();

    /** A running server. */
    public record Node(int port, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    /** Starts a server that writes the five attributes to its access log, separated by spaces. */
    protected abstract Node start(String engine, Path keyStore, Path keyFile, Consumer<String> log) throws Exception;

    @EveryEngineAndProtocol
    void accessLog_fullAndResumedConnections_tellsThemApart(String engine, String protocol) throws Exception {
        try (Node node = start(engine)) {
            HttpsClient client = HttpsClient.of(protocol);
            assertThat(client.get(node.port()).resumed()).isFalse();
            assertThat(nextLine()).isEqualTo("false full-without-ticket - - 0");

            assertThat(client.get(node.port()).resumed()).isTrue();
            assertThat(nextLine()).matches("true resumed-active-key " + activeKey() + " \\d \\d");
        }
    }

    @Test
    void accessLog_http2_eachRequestOfAConnectionSaysTheSame() throws Exception {
        try (Node node = start("jdk")) {
            Http2Client client = new Http2Client();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = client.get("localhost", node.port());
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(nextLine()).isEqualTo("false full-without-ticket - - 0");
            }
        }
    }

    private List<TicketKey> keys = List.of();

    private Node start(String engine) throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        keys = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());
        KeyFileWriter.writeKeyset(keyFile, keys);
        Path keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
        return start(engine, keyStore, keyFile, accessLog::add);
    }

    private String activeKey() {
        return keys.get(0).name().shortForm();
    }

    private String nextLine() throws InterruptedException {
        String line = accessLog.poll(20, TimeUnit.SECONDS);
        assertThat(line).as("a line in the access log").isNotNull();
        return line.strip();
    }
}
