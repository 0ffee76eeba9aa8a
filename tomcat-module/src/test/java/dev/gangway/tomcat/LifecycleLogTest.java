package dev.gangway.tomcat;

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
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + file);
        try (LogCapture log = new LogCapture()) {
            try (TomcatNode node = new TomcatNode(folder)
                    .withHost("_default_", keyStore)
                    .with(listener)
                    .start()) {
                assertThat(ofKeys(log)).containsExactly(now(file, first));

                node.protocol().reloadSslHostConfigs();
                assertThat(ofKeys(log)).as("a reload of TLS changes no key").hasSize(1);

                List<TicketKey> second = write(file);
                listener.ticketKeyManager().orElseThrow().reload();
                assertThat(ofKeys(log)).containsExactly(now(file, first), now(file, second));

                // Keys are kept for the next start.
                node.tomcat.stop();
                node.tomcat.start();
                assertThat(ofKeys(log)).hasSize(2);
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

    /** The connectors' test that a reload begins goes on while the server stops. */
    @Test
    void stop_rightAfterAReload_isNoFailureOfAConnector() throws Exception {
        Path file = folder.resolve("ticket.keys");
        write(file);
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + file);
        try (LogCapture log = new LogCapture();
                TomcatNode node = new TomcatNode(folder)
                        .withHost("_default_", keyStore)
                        .with(listener)
                        .start()) {
            for (int i = 0; i < 20; i++) {
                long before = listener.ticketKeys().orElseThrow().getResumedHandshakes();
                node.protocol().reloadSslHostConfigs();
                Await.until(
                        "the connector is being tested, or has been",
                        () -> isSelfTestConnected()
                                || listener.ticketKeys().orElseThrow().getResumedHandshakes() > before);
                node.tomcat.stop();
                node.tomcat.start();
            }
            assertThat(log.at(Level.SEVERE)).isEmpty();
            assertThat(listener.ticketKeys().orElseThrow().getState()).isEqualTo("SHARING");
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
