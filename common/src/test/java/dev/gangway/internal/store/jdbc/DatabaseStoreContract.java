package dev.gangway.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.internal.store.KeysetStoreContract;
import dev.gangway.internal.store.KilledNode;
import dev.gangway.internal.store.SharingNodes;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.DatabaseServer;
import dev.gangway.testing.FaultyNetwork;
import dev.gangway.testing.FaultyNetwork.Lost;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store in a real database server does. The server serves all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseStoreContract extends KeysetStoreContract {
    private DatabaseServer server;

    abstract DatabaseServer startServer() throws Exception;

    /** Changes the password of the user who runs it. */
    abstract String statementForPassword(String password);

    @BeforeEach
    void makeTable() throws Exception {
        if (server == null) {
            server = startServer();
        }
        server.execute("DROP TABLE IF EXISTS gangway_keyset");
        server.execute(Statements.create("gangway_keyset"));
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected KeysetStore open() throws Exception {
        return open(DatabaseServer.PASSWORD);
    }

    private KeysetStore open(String password) throws Exception {
        return new JdbcStoreProvider()
                .open("gangway", Map.of("url", server.url(), "user", DatabaseServer.USER, "password", password));
    }

    @Test
    void read_serverKilledAndStartedAgain_worksWithoutANewStore() throws Exception {
        KeysetStore store = open();
        assertThat(store.compareAndSwap(store.read(), text("one"))).isTrue();
        server.kill();
        StoredDocument none = StoredDocument.absent(Optional.empty());
        assertThatThrownBy(store::read).isInstanceOf(KeysetStoreException.class);
        assertThatThrownBy(() -> store.compareAndSwap(none, text("two"))).isInstanceOf(KeysetStoreException.class);

        server.start();
        StoredDocument after = store.read();
        assertThat(after.hasContent(text("one"))).isTrue();
        assertThat(store.compareAndSwap(after, text("two"))).isTrue();
    }

    @Test
    void read_serverHangs_isAFaultAfterSomeSecondsAndWorksLater() throws Exception {
        Prerequisite.skipUnless(LongForm.isAskedFor(), "waits for time limits: only in the long form");
        KeysetStore store = open();
        store.read();
        server.pause(true);
        try {
            assertThatThrownBy(store::read).isInstanceOf(KeysetStoreException.class);
        } finally {
            server.pause(false);
        }
        assertThat(store.read().isPresent()).isFalse();
    }

    @Test
    void keys_nodesStartedAtOnceOnAnEmptyStore_areOneKeyset(@TempDir Path folder) throws Exception {
        Path properties = StoreFiles.properties(folder, properties(server.url()));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < LongForm.tries(200, 5); round++) {
                server.execute("DELETE FROM gangway_keyset");
                Callable<String> node = () -> KeysSetting.parse("store:" + properties, TicketPolicy.DEFAULT)
                        .loadIfChanged(Instant.now())
                        .orElseThrow()
                        .ringAt(Instant.now())
                        .digest();
                Set<String> rings = new HashSet<>();
                for (Future<String> ring : threads.invokeAll(List.of(node, node))) {
                    rings.add(ring.get());
                }
                assertThat(rings).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keys_restoredFromABackup_areRefusedAndTheNewerOnesWrittenAgain(@TempDir Path folder) throws Exception {
        SharingNodes nodes = new SharingNodes(folder, properties(server.url()));
        nodes.start(2);
        String backup = server.backup("gangway_keyset");
        nodes.rotate();
        nodes.rotate();
        String newest = nodes.poll();
        assertThat(nodes.versions()).containsOnly(3L);

        server.restore(backup);
        try (LogCapture log = new LogCapture()) {
            assertThat(nodes.poll()).isEqualTo(newest);
            assertThat(log.at(Level.WARNING))
                    .hasSize(1)
                    .allMatch(line -> line.contains("has document version 1, but this node uses version 3"));
        }
        assertThat(nodes.versions()).containsOnly(4L);
        nodes.start(1);
        assertThat(nodes.poll()).isEqualTo(newest);
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void keys_nodeKilledInTheMiddleOfASwap_othersGoOnWithOneNewKey(Lost lost, @TempDir Path folder) throws Exception {
        try (FaultyNetwork network = FaultyNetwork.to(server.port())) {
            new KilledNode(properties(server.url()), properties(server.url(network)), network)
                    .dieInSwap(folder, "UPDATE gangway_keyset", lost);
        }
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void keys_nodeKilledWhileItMakesTheFirstKeys_othersHaveOneKeyset(Lost lost, @TempDir Path folder) throws Exception {
        Prerequisite.skipUnless(LongForm.isAskedFor(), "one of many moments: only in the long form");
        try (FaultyNetwork network = FaultyNetwork.to(server.port())) {
            new KilledNode(properties(server.url()), properties(server.url(network)), network)
                    .dieInFirstSwap(folder, "INSERT INTO gangway_keyset", lost);
        }
    }

    private static String[] properties(String url) {
        return new String[] {
            "type=jdbc", "url=" + url, "user=" + DatabaseServer.USER, "password=" + DatabaseServer.PASSWORD
        };
    }

    @Test
    void read_wrongPassword_isAFaultWithoutThePassword() throws Exception {
        KeysetStore store = open("wrong-password");
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void keys_passwordChangedInTheDatabase_newFileIsEnough(@TempDir Path folder) throws Exception {
        Path password = folder.resolve("db.password");
        writePassword(password, DatabaseServer.PASSWORD);
        Path properties = StoreFiles.properties(
                folder, "type=jdbc", "url=" + server.url(), "user=" + DatabaseServer.USER, "passwordFile=" + password);
        KeysetSource node = KeysSetting.parse("store:" + properties, TicketPolicy.DEFAULT);
        assertThat(node.loadIfChanged(Instant.now())).isPresent();

        server.execute(statementForPassword("n3w-password"));
        try {
            assertThatThrownBy(() -> node.loadIfChanged(Instant.now()))
                    .isInstanceOf(KeySourceException.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining(DatabaseServer.PASSWORD);
            writePassword(password, "n3w-password");
            Instant now = Instant.now();
            assertThat(node.loadIfChanged(now)).as("the same keys").isEmpty();
            assertThat(node.storeStatus().orElseThrow().lastContact()).isEqualTo(now);
        } finally {
            server.execute(statementForPassword(DatabaseServer.PASSWORD), "n3w-password");
            node.close();
        }
    }

    private static void writePassword(Path file, String password) throws IOException {
        Files.writeString(file, password + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void read_noTable_saysHowToMakeIt() throws Exception {
        KeysetStore store = open();
        server.execute("DROP TABLE gangway_keyset");
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("make the table with: CREATE TABLE gangway_keyset (");
    }
}
