package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LogCapture;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of ticket keys in the log of a server that starts, goes on and stops as it should. */
@Tag("container")
class LifecycleLogTest {
    @TempDir
    Path folder;

    @Test
    void log_ofAnOrdinaryLife_tellsEachChangeOfTheKeysAndNoTrouble() throws Exception {
        Path file = folder.resolve("ticket.keys");
        List<TicketKey> first = write(file);
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        tls.setKeyStorePassword("changeit");
        tls.setKeys("file:" + file);
        try (LogCapture log = new LogCapture()) {
            try (JettyNode node = JettyNode.start(tls)) {
                assertThat(ofKeys(log)).containsExactly(now(file, first));

                tls.reload(factory -> {});
                assertThat(ofKeys(log)).as("a reload of TLS changes no key").hasSize(1);

                List<TicketKey> second = write(file);
                tls.ticketKeyManager().orElseThrow().reload();
                assertThat(ofKeys(log)).containsExactly(now(file, first), now(file, second));
                assertThat(node.port()).isPositive();
            }
            assertThat(ofKeys(log))
                    .hasSize(3)
                    .last()
                    .isEqualTo("The server no longer uses the ticket keys from file:" + file
                            + ", and has wiped its copies of them");
            assertThat(log.at(Level.WARNING)).isEmpty();
            assertThat(log.at(Level.SEVERE)).isEmpty();
        }
    }

    /** The connectors' test that belongs to a reload meets the end of the server. */
    @Test
    void stop_whileAReloadTestsTheConnector_isNoFailureOfTheConnector() throws Exception {
        Path file = folder.resolve("ticket.keys");
        write(file);
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        tls.setKeyStorePassword("changeit");
        tls.setKeys("file:" + file);
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (LogCapture log = new LogCapture();
                JettyNode node = JettyNode.start(tls)) {
            for (int i = 0; i < 20; i++) {
                Future<?> reload = operator.submit(() -> {
                    tls.reload(factory -> {});
                    return null;
                });
                Await.until("the connector is being tested", () -> isSelfTestConnected() || reload.isDone());
                node.server.stop();
                reload.get();
                node.server.start();
            }
            assertThat(log.at(Level.SEVERE)).isEmpty();
            assertThat(tls.ticketKeys().orElseThrow().getState()).isEqualTo("SHARING");
        } finally {
            operator.shutdownNow();
        }
    }

    private static boolean isSelfTestConnected() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals("dev.gangway.internal.selftest.SocketHandshake"));
    }

    private static List<String> ofKeys(LogCapture log) {
        return log.at(Level.INFO).stream()
                .filter(line -> line.contains("icket keys from"))
                .toList();
    }

    private static String now(Path file, List<TicketKey> keys) {
        return "Ticket keys from file:" + file + " now: active "
                + keys.get(0).name().shortForm() + ", next "
                + keys.get(1).name().shortForm();
    }

    private static List<TicketKey> write(Path file) throws Exception {
        List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(Instant.now().minusSeconds(60), new SecureRandom());
        KeyFileWriter.writeKeyset(file, keys);
        return keys;
    }
}
