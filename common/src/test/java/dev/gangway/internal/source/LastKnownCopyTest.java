package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.store.EmbeddedDatabase;
import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.logging.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's copy of the document: when it is used, written, and left alone. */
class LastKnownCopyTest {
    @TempDir
    Path folder;

    private final EmbeddedDatabase database = new EmbeddedDatabase();
    private Path lastKnown;

    @BeforeEach
    void nameStore() {
        nameFile(folder.resolve("last-known"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----"})
    void load_copyThatOthersCanAccess_isLeftAloneUntilItsModeIsRight(String mode) throws Exception {
        load(source());
        byte[] old = Files.readAllBytes(lastKnown);
        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString(mode));
        database.execute("DELETE FROM gangway_keyset");
        KeysetSource node = source();
        try (LogCapture log = new LogCapture()) {
            load(node);
            load(node);
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("is neither used nor replaced")
                    .contains("lastKnown file " + lastKnown + " has permissions " + mode)
                    .contains("run 'chmod 600 " + lastKnown + "'");
        }
        assertThat(lastKnown).hasBinaryContent(old);
        assertThat(mode()).isEqualTo(mode);

        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString("rw-------"));
        load(node);
        assertThat(lastKnown).hasContent(database.document());
        assertThat(mode()).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----"})
    void load_modeChangedWhileTheServerRuns_copyIsLeftAloneUntilItsModeIsRight(String mode) throws Exception {
        KeysetSource node = source();
        load(node);
        byte[] old = Files.readAllBytes(lastKnown);
        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString(mode));
        assertIsNotReplaced(node, "has permissions " + mode);
        assertThat(lastKnown).hasBinaryContent(old);
        assertThat(mode()).isEqualTo(mode);

        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString("rw-------"));
        load(node);
        assertThat(lastKnown).hasContent(database.document());
    }

    @Test
    void load_anotherFilePutThereWhileTheServerRuns_isLeftAlone() throws Exception {
        KeysetSource node = source();
        load(node);
        Files.writeString(lastKnown, "somebody else's");
        assertIsNotReplaced(node, "is not a copy of the document 'gangway'");
        assertThat(lastKnown).hasContent("somebody else's");
    }

    @Test
    void load_copyUnderAnEarlierName_isLeftAloneAndTheNewNameIsTold() throws Exception {
        load(source());
        byte[] old = Files.readAllBytes(lastKnown);
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "lastKnown=" + lastKnown, "name=other");
        try (LogCapture log = new LogCapture()) {
            load(source());
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("is neither used nor replaced", "is not a copy of the document 'other'");
        }
        assertThat(lastKnown).hasBinaryContent(old);
    }

    @Test
    void load_copyCutShort_isReplaced() throws Exception {
        load(source());
        // Only the name is left.
        Files.write(lastKnown, Arrays.copyOf(Files.readAllBytes(lastKnown), 40));
        load(source());
        assertThat(lastKnown).hasContent(database.document());
    }

    @Test
    void load_copyRemoved_isWrittenAgainAtTheNextPoll() throws Exception {
        KeysetSource node = source();
        load(node);
        Files.delete(lastKnown);
        load(node);
        assertThat(lastKnown).hasContent(database.document());
    }

    @Test
    void load_settingNamesAnotherFileByMistake_leavesItAsItIs() throws Exception {
        load(source());
        Path wrappingKey = folder.resolve("wrapping.key");
        byte[] secret = Files.readAllBytes(wrappingKey);
        nameFile(wrappingKey);
        KeysetSource node = source();
        try (LogCapture log = new LogCapture()) {
            load(node);
            load(node);
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(
                            "lastKnown file " + wrappingKey
                                    + " is not a copy of the document 'gangway'; remove it, or give another path in 'lastKnown'");
        }
        assertThat(wrappingKey).hasBinaryContent(secret);
    }

    @Test
    void load_copyOfAnotherWrappingKey_isReplacedAndLogged() throws Exception {
        load(source());
        Files.delete(folder.resolve("wrapping.key"));
        nameFile(lastKnown);
        database.execute("DELETE FROM gangway_keyset");
        try (LogCapture log = new LogCapture()) {
            load(source());
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("cannot be used, and is replaced when the store answers", "wrapping key");
        }
        assertThat(lastKnown).hasContent(database.document());
    }

    @Test
    void load_emptyFile_getsTheDocumentAndTheRightMode() throws Exception {
        Files.createFile(lastKnown, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try (LogCapture log = new LogCapture()) {
            load(source());
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
        assertThat(lastKnown).hasContent(database.document());
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void load_readersThatAreAllowed_areKept() throws Exception {
        load(source());
        Files.setPosixFilePermissions(lastKnown, PosixFilePermissions.fromString("rw-r-----"));
        database.execute("DELETE FROM gangway_keyset");
        KeysetSource node =
                KeysSetting.parse("store:" + folder.resolve("store.properties") + "?allow=group", TicketPolicy.DEFAULT);
        try (LogCapture log = new LogCapture()) {
            load(node);
            assertThat(log.at(Level.WARNING)).allMatch(line -> line.contains("has no document"));
        }
        assertThat(lastKnown).hasContent(database.document());
        assertThat(mode()).isEqualTo("rw-r-----");
    }

    @Test
    void load_copyCannotBeWritten_isNotCalledAKeyFile() throws Exception {
        nameFile(folder.resolve("none").resolve("last-known"));
        try (LogCapture log = new LogCapture()) {
            load(source());
            assertThat(log.at(Level.WARNING))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("lastKnown file " + lastKnown + " cannot be written")
                    .doesNotContain("key file");
        }
    }

    @Test
    void load_settingBecomesWrongForAWhile_goesOnWithTheOldFile() throws Exception {
        KeysetSource node = source();
        load(node);
        Path properties = folder.resolve("store.properties");
        String good = Files.readString(properties);
        Path other = folder.resolve("other");
        Path otherKey = StoreFiles.wrappingKey(folder.resolve("other.key"));
        Files.writeString(
                properties,
                good.replace(lastKnown.toString(), other.toString())
                        .replace(folder.resolve("wrapping.key").toString(), otherKey.toString()));
        try {
            load(node);
        } catch (KeySourceException e) {
            assertThat(e).hasMessageContaining("wrapping key");
        }
        Files.writeString(properties, good);
        Files.delete(lastKnown);
        load(node);
        assertThat(lastKnown).hasContent(database.document());
        assertThat(other).doesNotExist();
    }

    private void assertIsNotReplaced(KeysetSource node, String reason) throws Exception {
        // So the node writes a new version.
        database.execute("DELETE FROM gangway_keyset");
        try (LogCapture log = new LogCapture()) {
            load(node);
            load(node);
            assertThat(log.at(Level.WARNING))
                    .filteredOn(line -> line.contains("property lastKnown"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("is neither used nor replaced", "lastKnown file " + lastKnown + " " + reason);
        }
    }

    private void nameFile(Path path) {
        lastKnown = path;
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "lastKnown=" + lastKnown);
    }

    private String mode() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(lastKnown));
    }

    private KeysetSource source() {
        return KeysSetting.parse("store:" + folder.resolve("store.properties"), TicketPolicy.DEFAULT);
    }

    private static void load(KeysetSource source) throws KeySourceException {
        source.loadIfChanged(Instant.now());
    }
}
