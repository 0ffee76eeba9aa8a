package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.LoggedKeys;
import dev.gangway.testing.RunningSelfTest;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server logs about ticket keys when it starts, runs and stops without faults. */
@Tag("container")
class LifecycleLogTest {
    @TempDir
    Path folder;

    @Test
    void log_ofAnOrdinaryLife_tellsEachChangeOfTheKeysAndNoTrouble() throws Exception {
        LoggedKeys keys = new LoggedKeys(folder.resolve("ticket.keys"));
        String first = keys.write();
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys.setting());
        try (LogCapture log = new LogCapture()) {
            try (TomcatNode node = new TomcatNode(folder)
                    .withHost("_default_", keyStore)
                    .with(listener)
                    .start()) {
                assertThat(LoggedKeys.in(log)).containsExactly(first);

                node.protocol().reloadSslHostConfigs();
                assertThat(LoggedKeys.in(log))
                        .as("a reload of TLS changes no key")
                        .hasSize(1);

                String second = keys.write();
                listener.ticketKeyManager().orElseThrow().reload();
                assertThat(LoggedKeys.in(log)).containsExactly(first, second);

                // A stopped server keeps its keys for the next start.
                node.tomcat.stop();
                node.tomcat.start();
                assertThat(LoggedKeys.in(log)).hasSize(2);
            }
            assertThat(LoggedKeys.in(log)).hasSize(3).last().isEqualTo(keys.wiped());
            assertThat(log.at(Level.WARNING)).isEmpty();
            assertThat(log.at(Level.SEVERE)).isEmpty();
        }
    }

    /** The server stops while the self-test that follows a reload is running. */
    @Test
    void stop_rightAfterAReload_isNoFailureOfAConnector() throws Exception {
        LoggedKeys keys = new LoggedKeys(folder.resolve("ticket.keys"));
        keys.write();
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys.setting());
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
                        () -> RunningSelfTest.isConnected()
                                || listener.ticketKeys().orElseThrow().getResumedHandshakes() > before);
                node.tomcat.stop();
                node.tomcat.start();
            }
            assertThat(log.at(Level.SEVERE)).isEmpty();
            assertThat(listener.ticketKeys().orElseThrow().getState()).isEqualTo("SHARING");
        }
    }
}
