package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.Await;
import dev.gangway.testing.DatabaseServer;
import dev.gangway.testing.EtcdServer;
import dev.gangway.testing.FaultyNetwork;
import dev.gangway.testing.FaultyNetwork.Fault;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five nodes, Jetty and Tomcat, with one real store, under handshake load. */
class StoreFleetTest {
    static final String TABLE = "CREATE TABLE gangway_keyset (name VARCHAR(100) NOT NULL PRIMARY KEY,"
            + " version BIGINT NOT NULL, document VARCHAR(16000) NOT NULL)";

    private static final int NODES = 5;
    private static final int CHANGES = LongForm.tries(200, 5);
    // Many keys in a short time: those that are no longer needed must go, because a document has its limits.
    private static final Duration LIFETIME = LongForm.isAskedFor() ? Duration.ofSeconds(15) : Duration.ofHours(1);
    private static final Duration SEALS_AFTER = Duration.ofSeconds(LongForm.tries(2, 1));
    private static final int CONNECTIONS = 50;
    private static final Duration POLL = Duration.ofMillis(500);

    @TempDir
    Path folder;

    @Test
    void fleet_postgreSqlWithChangesAndFaults_failsNoHandshakeAndResumesAll() throws Exception {
        Path data = folder.resolve("postgres");
        Files.createDirectory(data);
        openFolder();
        try (DatabaseServer database = DatabaseServer.postgreSql(data);
                FaultyNetwork network = FaultyNetwork.to(database.port())) {
            database.execute(TABLE);
            try (StoreFleet fleet = start(POLL, properties(database.url()), properties(database.url(network)))) {
                new KeyChanges(fleet).underLoad(CHANGES);

                for (Fault fault : List.of(Fault.REFUSES, Fault.SILENT)) {
                    cutOneNodeOff(network, fault, fleet);
                }
                database.kill();
                Await.until("every node sees the outage", () -> states().equals(Set.of("KEEPING_LAST_GOOD_KEYS")));
                assertThat(StoreFleet.attribute("OutageBudgetSeconds")).allMatch(budget -> (Long) budget > 3_000);
                probe(fleet);
                database.start();
                Await.until("every node sees its end", () -> states().equals(Set.of("SHARING")));
                System.out.println("keys new over PostgreSQL, until the last node: " + fleet.replace(LIFETIME));
            }
        }
    }

    @Test
    void fleet_etcdWithChangesAndFaults_failsNoHandshakeAndResumesAll() throws Exception {
        try (EtcdServer etcd = EtcdServer.cluster(folder, LongForm.isAskedFor() ? 3 : 1)) {
            Await.until("etcd answers", () -> {
                try {
                    return etcd.call(0, "/v3/kv/range", "{\"key\":\"YQ==\"}").contains("revision");
                } catch (IOException e) {
                    return false;
                }
            });
            String first = etcd.endpoints().split(",", 2)[0];
            // Polls are so rare that changes in time show that the watch works.
            try (FaultyNetwork network = FaultyNetwork.to(URI.create(first).getPort());
                    StoreFleet fleet = start(
                            Duration.ofMinutes(30),
                            new String[] {"type=etcd", "endpoints=" + etcd.endpoints()},
                            new String[] {"type=etcd", "endpoints=http://127.0.0.1:" + network.port()})) {
                new KeyChanges(fleet).underLoad(CHANGES);
                cutOneNodeOff(network, Fault.REFUSES, fleet);
                System.out.println("keys new over etcd, until the last node: " + fleet.replace(LIFETIME));
            }
        }
    }

    @Test
    void fleet_keysAnnouncedByTheNodesThemselves_followEachOther() throws Exception {
        Prerequisite.skipUnless(LongForm.isAskedFor(), "periods of a minute: only in the long form");
        try (EtcdServer etcd = EtcdServer.cluster(folder, 1);
                StoreFleet fleet = StoreFleet.start(
                        folder.resolve("state"),
                        Duration.ofSeconds(60),
                        POLL,
                        Collections.nCopies(
                                NODES,
                                StoreFiles.properties(
                                        folder, "type=etcd", "endpoints=" + etcd.endpoints(), "period=61s")))) {
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

    private static void cutOneNodeOff(FaultyNetwork network, Fault fault, StoreFleet fleet) throws Exception {
        assertThat(states()).containsOnly("SHARING");
        network.set(fault);
        Await.until("one node has no store", () -> count("State", "KEEPING_LAST_GOOD_KEYS") == 1);
        assertThat(count("State", "SHARING")).isEqualTo(NODES - 1);

        // That node has the next key already, and the others still have the last one.
        String key = fleet.change(SEALS_AFTER);
        Await.until("the others seal with the next key", () -> count("ActiveKey", key) == NODES - 1);
        probe(fleet);

        network.set(Fault.NONE);
        Await.until("that node has the store again", () -> states().equals(Set.of("SHARING")));
        StoreFleet.awaitActive(key);
        probe(fleet);
        assertThat(StoreFleet.attribute("HandshakesAheadOfKey")).containsOnly(0L);
    }

    private static void probe(StoreFleet fleet) throws Exception {
        for (TlsVersion tls : List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)) {
            ProbeResult result = Probe.run(ProbeSettings.of(fleet.port(), tls, CONNECTIONS), done -> {});
            assertThat(result.allResumed()).as(result.toJson()).isTrue();
        }
    }

    private static long count(String attribute, Object value) throws JMException {
        return StoreFleet.attribute(attribute).stream().filter(value::equals).count();
    }

    private StoreFleet start(Duration poll, String[] lines, String[] throughNetwork) throws Exception {
        Path direct = StoreFiles.properties(folder, lines);
        List<Path> nodes = new ArrayList<>(Collections.nCopies(NODES - 1, direct));
        nodes.add(StoreFiles.named("network.properties", folder, throughNetwork));
        return StoreFleet.start(folder.resolve("state"), LIFETIME, poll, nodes);
    }

    private static String[] properties(String url) {
        return new String[] {
            "type=jdbc", "url=" + url, "user=" + DatabaseServer.USER, "password=" + DatabaseServer.PASSWORD
        };
    }

    private static Set<Object> states() throws JMException {
        return new HashSet<>(StoreFleet.attribute("State"));
    }

    private void openFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
