package dev.gangway.internal.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.KeyUpdater;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.store.KilledNode;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.Await;
import dev.gangway.testing.EtcdServer;
import dev.gangway.testing.FaultyNetwork;
import dev.gangway.testing.FaultyNetwork.Lost;
import dev.gangway.testing.LogCapture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of which one has a fault, and one etcd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdFaultsTest {
    @TempDir
    static Path data;

    private EtcdServer server;

    @BeforeAll
    void start() throws Exception {
        server = EtcdServer.cluster(data, 1);
        Await.until("etcd answers", () -> {
            try {
                return server.call(0, "/v3/kv/range", "{\"key\":\"YQ==\"}").contains("revision");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void keys_nodeKilledInTheMiddleOfASwap_othersGoOnWithOneNewKey(Lost lost, @TempDir Path folder) throws Exception {
        String name = UUID.randomUUID().toString();
        URI endpoint = URI.create(server.endpoints());
        try (FaultyNetwork network = FaultyNetwork.to(endpoint.getPort())) {
            String[] through = {"type=etcd", "name=" + name, "endpoints=http://127.0.0.1:" + network.port()};
            String[] direct = {"type=etcd", "name=" + name, "endpoints=" + endpoint};
            new KilledNode(direct, through, network).dieInSwap(folder, "/v3/kv/txn", lost);
        }
    }

    @Test
    void read_serverStopsMeanwhile_logsNoWarning(@TempDir Path folder) throws Exception {
        try (FaultyNetwork network =
                        FaultyNetwork.to(URI.create(server.endpoints()).getPort());
                LogCapture log = new LogCapture()) {
            Path properties = StoreFiles.properties(
                    folder, "type=etcd", "name=" + UUID.randomUUID(), "endpoints=http://127.0.0.1:" + network.port());
            TicketPolicy policy = TicketPolicy.DEFAULT.withPollInterval(Duration.ofMillis(100));
            TicketKeyManager manager = TicketKeyManager.open(
                    KeysSetting.parse("store:" + properties, policy), policy, InstantSource.system());
            KeyUpdater updater = KeyUpdater.start(manager);
            try {
                network.trap("/v3/kv/range", Lost.ANSWER).get(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                updater.close();
                Await.until(
                        "the thread has ended",
                        () -> Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(thread -> thread.getName().equals("gangway-keys")));
            } finally {
                updater.close();
                manager.close();
            }
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
    }
}
