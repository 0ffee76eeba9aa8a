package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.StoreNode.Status;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.store.StoreEditor;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.Await;
import dev.gangway.testing.DatabaseServer;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Libfaketime;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with one real store: one with the store's time, and two whose clocks are wrong by five minutes. */
class StoreClocksTest {
    private static final Duration WRONG = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofMinutes(1);
    // So that a key is due.
    private static final String LONGER_OUTAGE = "outage=24h";

    @TempDir
    Path folder;

    private DatabaseServer database;
    private Path forTheRightClock;
    private StoreNode right;
    private StoreNode ahead;
    private StoreNode behind;

    @BeforeEach
    void start() throws Exception {
        Optional<Libfaketime> clocks = Libfaketime.find();
        Prerequisite.skipUnless(
                LongForm.isAskedFor() || !JavaInstallations.isRunningWithOwnLibraries(),
                "on this Java, libfaketime takes minutes: -Dgangway.long=true");
        Prerequisite.require(clocks.isPresent(), "libfaketime (Debian package faketime)");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        database = DatabaseServer.postgreSql(Files.createDirectory(folder.resolve("postgres")));
        database.execute(StoreFleetTest.TABLE);
        makeKeysTwoHoursAgo();
        forTheRightClock = StoreFiles.named("right.properties", folder, lines());
        Path forWrongClocks = StoreFiles.named("wrong.properties", folder, lines());
        ServerKeyStore certificate = StateDirectory.at(folder.resolve("state")).certificate();
        right = StoreNode.start(folder, forTheRightClock, certificate, clocks.get(), Duration.ZERO);
        ahead = StoreNode.start(folder, forWrongClocks, certificate, clocks.get(), WRONG);
        behind = StoreNode.start(folder, forWrongClocks, certificate, clocks.get(), WRONG.negated());
        for (StoreNode node : nodes()) {
            node.awaitReady();
        }
    }

    @AfterEach
    void stop() {
        Stream.of(right, ahead, behind).filter(Objects::nonNull).forEach(StoreNode::close);
        if (database != null) {
            database.close();
        }
    }

    @Test
    void fleet_clocksWrongByFiveMinutes_keysAreMadeAtTheStoresTimeAndNoHandshakeFails() throws Exception {
        keysAreMadeAtTheStoresTime();
        ticketsResumeUnlessTheyAreFromTheFuture();
    }

    private void keysAreMadeAtTheStoresTime() throws Exception {
        String ring = right.status().ring();
        for (StoreNode node : nodes()) {
            assertThat(node.status().state()).isEqualTo("SHARING");
            assertThat(node.status().ring()).isEqualTo(ring);
        }

        // The nodes with wrong clocks see first that a key is due.
        long version = right.status().version();
        StoreFiles.named("wrong.properties", folder, lines(LONGER_OUTAGE));
        awaitFault(ahead, "more than 1m ahead of the store's");
        awaitFault(behind, "more than 1m behind the store's");
        assertThat(right.status().version()).isEqualTo(version);

        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        StoreFiles.named("right.properties", folder, lines(LONGER_OUTAGE));
        for (StoreNode node : nodes()) {
            Await.until("this node has the new key", () -> {
                Status status = node.status();
                return status.state().equals("SHARING") && status.version() == version + 1;
            });
        }
        List<KeyTimes> keys = keysInTheStore();
        assertThat(keys).hasSize(3);
        KeyTimes newest = keys.get(2);
        assertThat(newest.acceptFrom()).isBetween(before, Instant.now());
        assertThat(newest.activateAt()).isEqualTo(keys.get(1).retireAt());
    }

    private void ticketsResumeUnlessTheyAreFromTheFuture() throws Exception {
        offerAllTickets();

        // Each node seals with the next key at its own time. The others have it already, and still have the last one.
        String last = right.status().activeKey();
        try (StoreEditor store = StoreEditor.open(forTheRightClock, Allow.OWNER_ONLY)) {
            store.rotate(Optional.of(Duration.ofSeconds(1)), Instant.now())
                    .orElseThrow()
                    .destroy();
        }
        Await.until(
                "two nodes seal with the next key",
                () -> !right.status().activeKey().equals(last)
                        && ahead.status().activeKey().equals(right.status().activeKey()));
        Await.until(
                "the third has it",
                () -> behind.status().version() == right.status().version());
        assertThat(behind.status().activeKey()).isEqualTo(last);
        offerAllTickets();
    }

    private void offerAllTickets() throws IOException {
        for (StoreNode from : nodes()) {
            for (StoreNode to : nodes()) {
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    HttpsClient client = HttpsClient.of(protocol);
                    assertThat(client.get(from.port()).status()).isEqualTo(200);
                    HttpsClient.Exchange second = client.get(to.port());
                    assertThat(second.status()).isEqualTo(200);
                    assertThat(second.handshake().offeredTicket()).isPresent();
                    boolean isFromTheFuture = from.ahead().minus(to.ahead()).compareTo(SKEW) > 0;
                    assertThat(second.resumed())
                            .as(protocol + " ticket of the node " + from.ahead() + " at the node " + to.ahead())
                            .isNotEqualTo(isFromTheFuture);
                }
            }
        }
        for (StoreNode node : nodes()) {
            assertThat(node.status().aheadOfKey()).isZero();
        }
    }

    private List<StoreNode> nodes() {
        return List.of(right, ahead, behind);
    }

    private static void awaitFault(StoreNode node, String fault) throws Exception {
        Await.until(fault, () -> node.status().fault().contains(fault));
        assertThat(node.status().state()).isEqualTo("KEEPING_LAST_GOOD_KEYS");
    }

    private void makeKeysTwoHoursAgo() throws Exception {
        Path twoHoursAgo = StoreFiles.named(
                "past.properties", folder, lines("clock=EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) - 7200"));
        try (StoreEditor store = StoreEditor.open(twoHoursAgo, Allow.OWNER_ONLY)) {
            store.replace(Optional.empty(), Optional.empty(), Instant.now().minusSeconds(7_200))
                    .destroy();
        }
    }

    private List<KeyTimes> keysInTheStore() throws Exception {
        try (StoreEditor store = StoreEditor.open(forTheRightClock, Allow.OWNER_ONLY)) {
            ScheduledKeyset keyset = store.read();
            keyset.destroy();
            return keyset.keys().stream()
                    .map(key -> key.times().orElseThrow())
                    .sorted(Comparator.comparing(KeyTimes::activateAt))
                    .toList();
        }
    }

    private String[] lines(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "type=jdbc",
                "url=" + database.url(),
                "user=" + DatabaseServer.USER,
                "password=" + DatabaseServer.PASSWORD));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }
}
