package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.LoggedKeys;
import dev.gangway.testing.RunningSelfTest;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        tls.setKeyStorePassword("changeit");
        tls.setKeys(keys.setting());
        try (LogCapture log = new LogCapture()) {
            try (JettyNode node = JettyNode.start(tls)) {
                assertThat(LoggedKeys.in(log)).containsExactly(first);

                tls.reload(factory -> {});
                assertThat(LoggedKeys.in(log))
                        .as("a reload of TLS changes no key")
                        .hasSize(1);

                String second = keys.write();
                tls.ticketKeyManager().orElseThrow().reload();
                assertThat(LoggedKeys.in(log)).containsExactly(first, second);
                assertThat(node.port()).isPositive();
            }
            assertThat(LoggedKeys.in(log)).hasSize(3).last().isEqualTo(keys.wiped());
            assertThat(log.at(Level.WARNING)).isEmpty();
            assertThat(log.at(Level.SEVERE)).isEmpty();
        }
    }

    /** The server stops while the self-test that follows a reload is running. */
    @Test
    void stop_whileAReloadTestsTheConnector_isNoFailureOfTheConnector() throws Exception {
        LoggedKeys keys = new LoggedKeys(folder.resolve("ticket.keys"));
        keys.write();
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        tls.setKeyStorePassword("changeit");
        tls.setKeys(keys.setting());
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (LogCapture log = new LogCapture();
                JettyNode node = JettyNode.start(tls)) {
            for (int i = 0; i < 20; i++) {
                Future<?> reload = operator.submit(() -> {
                    tls.reload(factory -> {});
                    return null;
                });
                Await.until("the connector is being tested", () -> RunningSelfTest.isConnected() || reload.isDone());
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
}
