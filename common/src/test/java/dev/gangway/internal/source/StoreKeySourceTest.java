package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.LongForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store as a source of keys, with an embedded database. */
class StoreKeySourceTest {
    private static final String TABLE = "CREATE TABLE gangway_keyset (name VARCHAR(100) NOT NULL PRIMARY KEY,"
            + " version BIGINT NOT NULL, document VARCHAR(16000) NOT NULL)";

    @TempDir
    Path folder;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private Path lastKnown;

    @BeforeEach
    void makeStore() throws SQLException {
        lastKnown = folder.resolve("last-known");
        sql(TABLE);
        StoreFiles.properties(folder, "type=jdbc", "url=" + url, "lastKnown=" + lastKnown, "node=one");
    }

    @Test
    void loadIfChanged_sameDocument_givesKeysOnce() throws Exception {
        KeysetSource source = source();
        assertThat(load(source)).isPresent();
        assertThat(load(source)).isEmpty();
        source.forgetLast();
        assertThat(load(source)).isPresent();
        assertThat(source.describe()).isEqualTo("store:" + folder.resolve("store.properties"));
        assertThat(source.storeStatus().orElseThrow().writtenBy()).isEqualTo("one");
        source.close();
    }

    @Test
    void loadIfChanged_copyCannotBeWrittenAtFirst_isWrittenLater() throws Exception {
        Path directory = folder.resolve("made-later");
        lastKnown = directory.resolve("last-known");
        StoreFiles.properties(folder, "type=jdbc", "url=" + url, "lastKnown=" + lastKnown);
        KeysetSource source = source();
        try (LogCapture log = new LogCapture()) {
            load(source);
            load(source);
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(lastKnown.toString(), "lastKnown");
        }
        Files.createDirectory(directory);
        load(source);

        assertThat(lastKnown).isNotEmptyFile();
    }

    @Test
    void loadIfChanged_manyNodesAtOnceOnAnEmptyStore_useOneKeyset() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < LongForm.tries(200, 5); round++) {
                sql("DELETE FROM gangway_keyset");
                Files.deleteIfExists(lastKnown);
                StoreFiles.properties(folder, "type=jdbc", "url=" + url);
                List<Callable<Keyset>> nodes = new ArrayList<>();
                for (int node = 0; node < 4; node++) {
                    nodes.add(() -> source().loadIfChanged(Instant.now()).orElseThrow());
                }
                Set<List<KeyName>> keysets = new HashSet<>();
                for (Future<Keyset> keyset : threads.invokeAll(nodes)) {
                    keysets.add(names(keyset.get()));
                }
                assertThat(keysets).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void loadIfChanged_tableMissing_saysHowToMakeItAndWorksAfterThat() throws Exception {
        sql("DROP TABLE gangway_keyset");
        KeysetSource source = source();
        assertThatThrownBy(() -> load(source)).hasMessageContaining("make the table with: " + TABLE);
        sql(TABLE);
        assertThat(load(source)).isPresent();
    }

    @Test
    void loadIfChanged_storeGoneAtStart_usesTheLastKnownDocument() throws Exception {
        List<KeyName> names = names(load(source()).orElseThrow());
        assertThat(Files.readString(lastKnown)).startsWith("gangway-document/1 ");
        sql("ALTER TABLE gangway_keyset RENAME TO away");

        KeysetSource restarted = source();
        assertThat(names(load(restarted).orElseThrow())).isEqualTo(names);
        assertThatThrownBy(() -> load(restarted))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("cannot be read");
        sql("ALTER TABLE away RENAME TO gangway_keyset");
        assertThat(load(restarted)).isEmpty();
    }

    @Test
    void loadIfChanged_storeGoneAndLastKnownKeysExpired_saysThatTheStoreIsGone() throws Exception {
        load(source());
        sql("DROP TABLE gangway_keyset");
        assertThatThrownBy(() -> source().loadIfChanged(Instant.now().plus(Duration.ofDays(9))))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void loadIfChanged_lastKnownOfAnotherFleet_isIgnored() throws Exception {
        load(source());
        Files.delete(folder.resolve("wrapping.key"));
        StoreFiles.properties(folder, "type=jdbc", "url=" + url, "lastKnown=" + lastKnown);
        sql("DELETE FROM gangway_keyset");
        assertThat(load(source())).isPresent();
    }

    @Test
    void loadIfChanged_lastKnownThatOthersCanRead_isNotUsedAndLogged() throws Exception {
        load(source());
        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString("rw-r-----"));
        try (LogCapture log = new LogCapture()) {
            assertThat(load(source())).isPresent();
            assertThat(log.at(Level.WARNING))
                    .anyMatch(line -> line.contains("lastKnown file " + lastKnown + " has permissions rw-r-----")
                            && line.contains("set keys to 'store:" + folder.resolve("store.properties")));
        }
    }

    @Test
    void loadIfChanged_lastKnownCannotBeWritten_isLoggedWithItsPath() throws Exception {
        Path nowhere = folder.resolve("none").resolve("last-known");
        StoreFiles.properties(folder, "type=jdbc", "url=" + url, "lastKnown=" + nowhere);
        try (LogCapture log = new LogCapture()) {
            assertThat(load(source())).isPresent();
            assertThat(log.at(Level.WARNING))
                    .anyMatch(
                            line -> line.startsWith("The copy of the store document cannot be written to " + nowhere));
        }
    }

    @Test
    void loadIfChanged_wrappingKeyChangedInThreeSteps_losesNothing() throws Exception {
        KeysetSource source = source();
        load(source);
        Path old = folder.resolve("wrapping.key");
        Path next = StoreFiles.wrappingKey(folder.resolve("next.key"));
        String rest = "\ntype=jdbc\nurl=" + url + "\n";
        for (String keys : List.of(old + "," + next, next + "," + old)) {
            Files.writeString(folder.resolve("store.properties"), "wrappingKey=" + keys + rest);
            assertThat(load(source)).isEmpty();
        }
        Files.writeString(folder.resolve("store.properties"), "wrappingKey=" + next + rest);
        assertThatThrownBy(() -> load(source)).hasMessageContaining("is encrypted with the wrapping key");
        Files.writeString(folder.resolve("store.properties"), "wrappingKey=" + next + "," + old + rest);
        assertThat(load(source)).isEmpty();
    }

    @Test
    void loadIfChanged_propertiesFileBecomesWrong_isTheFaultUntilItIsRight() throws Exception {
        KeysetSource source = source();
        load(source);
        String good = Files.readString(folder.resolve("store.properties"));
        Files.writeString(folder.resolve("store.properties"), good + "tabel=x\n");
        assertThatThrownBy(() -> load(source)).hasMessageContaining("did you mean 'table'?");
        Files.writeString(folder.resolve("store.properties"), good);
        assertThat(load(source)).isEmpty();
    }

    @Test
    void parse_optionsThatDoNotApply_areRefused() {
        assertThatThrownBy(() -> KeysSetting.parse("store:/a?verbatim", TicketPolicy.DEFAULT))
                .hasMessageContaining("has options that do not apply to a store");
        assertThatThrownBy(() -> KeysSetting.parse("store:", TicketPolicy.DEFAULT))
                .hasMessageContaining("has no path");
        assertThatThrownBy(() -> KeysSetting.parse("stroe:/a", TicketPolicy.DEFAULT))
                .hasMessageContaining("did you mean 'store:'?");
    }

    private KeysetSource source() {
        return KeysSetting.parse("store:" + folder.resolve("store.properties"), TicketPolicy.DEFAULT);
    }

    private static Optional<Keyset> load(KeysetSource source) throws KeySourceException {
        return source.loadIfChanged(Instant.now());
    }

    private static List<KeyName> names(Keyset keyset) {
        return keyset.keys().stream().map(key -> key.name()).toList();
    }

    private void sql(String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
