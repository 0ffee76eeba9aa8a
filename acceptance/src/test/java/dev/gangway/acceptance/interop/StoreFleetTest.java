package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.testing.Await;
import dev.gangway.testing.DatabaseServer;
import dev.gangway.testing.EtcdServer;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five nodes, Jetty and Tomcat, with one real store, under handshake load. */
class StoreFleetTest {
    private static final int NODES = 5;
    private static final int CHANGES = LongForm.tries(25, 5);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String TABLE = "CREATE TABLE gangway_keyset (name VARCHAR(100) NOT NULL PRIMARY KEY,"
            + " version BIGINT NOT NULL, document VARCHAR(16000) NOT NULL)";

    @TempDir
    Path folder;

    @Test
    void fleet_postgreSqlWithChangesAndAnOutage_failsNoHandshakeAndResumesAll() throws Exception {
        Path data = folder.resolve("postgres");
        Files.createDirectory(data);
        openFolder();
        try (DatabaseServer database = DatabaseServer.postgreSql(data)) {
            database.execute(TABLE);
            String[] store = {
                "type=jdbc",
                "url=" + database.url(),
                "user=" + DatabaseServer.USER,
                "password=" + DatabaseServer.PASSWORD
            };
            try (StoreFleet fleet = StoreFleet.start(folder, NODES, LIFETIME, POLL, store)) {
                changeKeysUnderLoad(fleet);

                database.kill();
                Await.until("every node sees the outage", () -> states().equals(Set.of("KEEPING_LAST_GOOD_KEYS")));
                assertThat(StoreFleet.attribute("OutageBudgetSeconds")).allMatch(budget -> (Long) budget > 3_600);
                probe(fleet, TlsVersion.TLS_1_3, 50);
                database.start();
                Await.until("every node sees its end", () -> states().equals(Set.of("SHARING")));
                System.out.println("keys new over PostgreSQL, until the last node: " + fleet.replace(LIFETIME));
            }
        }
    }

    @Test
    void fleet_etcdWithChanges_failsNoHandshakeAndResumesAll() throws Exception {
        try (EtcdServer etcd = EtcdServer.cluster(folder, LongForm.isAskedFor() ? 3 : 1)) {
            Await.until("etcd answers", () -> {
                try {
                    return etcd.call(0, "/v3/kv/range", "{\"key\":\"YQ==\"}").contains("revision");
                } catch (IOException e) {
                    return false;
                }
            });
            // Polls are so rare that changes in time show that the watch works.
            try (StoreFleet fleet = StoreFleet.start(
                    folder, NODES, LIFETIME, Duration.ofMinutes(30), "type=etcd", "endpoints=" + etcd.endpoints())) {
                changeKeysUnderLoad(fleet);
                System.out.println("keys new over etcd, until the last node: " + fleet.replace(LIFETIME));
            }
        }
    }

    @Test
    void fleet_keysAnnouncedByTheNodesThemselves_followEachOther() throws Exception {
        Prerequisite.skipUnless(LongForm.isAskedFor(), "periods of a minute: only in the long form");
        try (EtcdServer etcd = EtcdServer.cluster(folder, 1);
                StoreFleet fleet = StoreFleet.start(
                        folder,
                        NODES,
                        Duration.ofSeconds(60),
                        POLL,
                        "type=etcd",
                        "endpoints=" + etcd.endpoints(),
                        "period=61s")) {
            Set<String> keys = new HashSet<>();
            Instant start = Instant.now();
            while (Instant.now().isBefore(start.plus(Duration.ofMinutes(8)))) {
                ProbeResult result = Probe.run(ProbeSettings.of(fleet.port(), TlsVersion.TLS_1_3, 20), done -> {});
                assertThat(result.failed()).isZero();
                keys.addAll(Fleet.activeKeys());
                assertThat(StoreFleet.attribute("HandshakesAheadOfKey")).containsOnly(0L);
            }
            int periods = (int) Duration.between(start, Instant.now()).toSeconds() / 61;
            assertThat(keys).hasSizeBetween(periods, periods + 2);
        }
    }

    private static void changeKeysUnderLoad(StoreFleet fleet) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try {
            Future<?> changes = operator.submit(() -> {
                for (int i = 0; i < CHANGES; i++) {
                    fleet.rotate(Duration.ofSeconds(1));
                }
                return null;
            });
            do {
                probe(fleet, TlsVersion.TLS_1_3, 100);
                probe(fleet, TlsVersion.TLS_1_2, 100);
            } while (!changes.isDone());
            changes.get();
        } finally {
            operator.shutdownNow();
        }
        assertThat(StoreFleet.attribute("HandshakesAheadOfKey")).containsOnly(0L);
        assertThat(new HashSet<>(StoreFleet.attribute("DocumentVersion"))).hasSize(1);
    }

    // The first connection of each client has no ticket.
    private static void probe(StoreFleet fleet, TlsVersion tls, int connections) {
        ProbeResult result = Probe.run(ProbeSettings.of(fleet.port(), tls, connections), done -> {});
        assertThat(result.failed()).isZero();
        assertThat(result.resumed()).isEqualTo(connections - 1);
    }

    private static Set<Object> states() throws JMException {
        return new HashSet<>(StoreFleet.attribute("State"));
    }

    private void openFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
