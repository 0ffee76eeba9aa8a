package dev.gangway.internal.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.UnprivilegedUser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileLockTest {
    @TempDir
    Path folder;

    private Path file;
    private Path lock;

    @BeforeEach
    void nameFiles() {
        file = folder.resolve("keys");
        lock = folder.resolve(".keys.lock");
    }

    @Test
    void during_aChange_lockIsHeldBesideTheFileALinkLeadsTo() throws Exception {
        Path real = Files.write(folder.resolve("real"), new byte[] {1});
        Files.createSymbolicLink(file, real.getFileName());
        Path lockOfReal = folder.resolve(".real.lock");

        KeyFileLock.during(file, () -> {
            try (FileChannel channel = FileChannel.open(lockOfReal, StandardOpenOption.WRITE)) {
                assertThatThrownBy(channel::tryLock).isInstanceOf(OverlappingFileLockException.class);
            }
            Files.write(real, new byte[] {4});
        });

        assertThat(Files.readAllBytes(real)).containsExactly(4);
        try (FileChannel channel = FileChannel.open(lockOfReal, StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).as("afterwards").isNotNull();
        }
    }

    @Test
    void during_lockFile_isForItsOwnerOnlyEvenIfItWasNot() throws Exception {
        KeyFileLock.during(file, () -> {});
        assertThat(permissions(lock)).isEqualTo("rw-------");

        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        KeyFileLock.during(file, () -> {});
        assertThat(permissions(lock)).isEqualTo("rw-------");
    }

    @Test
    void during_lockHeldForTooLong_isRefusedByTheNameOfTheLockFile() throws Exception {
        try (FileChannel holder = FileChannel.open(lock, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            assertThat(holder.tryLock()).isNotNull();
            List<String> done = new ArrayList<>();

            assertThatThrownBy(() -> KeyFileLock.during(file, Duration.ofMillis(100), () -> done.add("change")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key file " + file + " is unchanged")
                    .hasMessageContaining("its lock " + lock + " for more than 100ms")
                    .hasMessageContaining("fuser " + lock);
            assertThat(done).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s elsewhere", "ln -s nowhere", "mkfifo", "mkdir"})
    void during_lockFileIsNone_isRefusedAtOnceAndNotFollowed(String command) throws Exception {
        Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[] {1});
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.add(lock.getFileName().toString());
        assertThat(ChildProcess.run(new ProcessBuilder(words).directory(folder.toFile()), "", ChildProcess.TIMEOUT)
                        .exitCode())
                .isZero();

        assertThatThrownBy(() -> KeyFileLock.during(file, () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("key file " + file + " cannot be changed: " + lock
                        + " must be an empty file, but it is not a regular file; remove it");
        assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void during_byRoot_leavesTheLockFileToTheOwnerOfTheKeys() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Files.write(file, new byte[] {1});
        UserPrincipal nobody =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(file, nobody);

        KeyFileLock.during(file, () -> {});

        assertThat(Files.getOwner(lock)).isEqualTo(nobody);
        assertThat(permissions(lock)).isEqualTo("rw-------");
    }

    @Test
    void during_lockFileIsAnotherNameOfSomeFile_doesNotGiveThatAway() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Path ofRoot = Files.write(folder.resolve("of-root"), new byte[] {1});
        Files.createLink(lock, ofRoot);
        Files.write(file, new byte[] {1});
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        KeyFileLock.during(file, () -> {});

        assertThat(Files.getOwner(ofRoot).getName()).isEqualTo("root");
    }

    @Test
    void during_earlierRunsWereKilled_theirFilesAreRemovedAndNoOthers() throws Exception {
        Files.write(file, new byte[] {1});
        for (int i = 0; i < 11; i++) {
            Files.write(folder.resolve(".keys." + (123 + i) + ".new"), new byte[] {2});
        }
        List<Path> others = List.of(
                Files.write(folder.resolve(".keys.backup.new"), new byte[] {3}),
                Files.write(folder.resolve(".keys2.123.new"), new byte[] {3}),
                Files.write(folder.resolve("keys.123.new"), new byte[] {3}),
                Files.createDirectory(folder.resolve(".keys.999.new")));

        List<Path> during = new ArrayList<>();
        KeyFileLock.during(file, () -> during.addAll(filesInFolder()));

        assertThat(during).hasSize(others.size() + 2).containsAll(others).contains(file, lock);
    }

    @Test
    void during_folderMissing_saysSo() {
        Path nowhere = folder.resolve("nowhere").resolve("keys");

        assertThatThrownBy(() -> KeyFileLock.during(nowhere, () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("key file " + nowhere + " cannot be written: the directory " + nowhere.getParent()
                        + " does not exist; create it first");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<Path> filesInFolder() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
