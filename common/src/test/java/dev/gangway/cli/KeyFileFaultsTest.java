package dev.gangway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gangway.keyfile.KeyFileWriter;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keyfile.KeysetText;
import dev.gangway.testing.ForkedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own, on a machine where something is in its way. */
class KeyFileFaultsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("ticket.keys");
    }

    @Test
    void rotate_diskIsFull_isRefusedAndLeavesTheOldFileAndNoPartOfANewOne() throws Exception {
        writeKeysThatAreDue(file);
        byte[] before = Files.readAllBytes(file);

        // No file may grow beyond zero bytes: to a process the same as a disk without a free block.
        ForkedTests.Result result = ForkedTests.run(List.of(
                "bash",
                "-c",
                "ulimit -f 0; exec \"$@\"",
                "bash",
                java(),
                "-XX:-UsePerfData",
                MAIN,
                "keys",
                "rotate",
                file.toString()));

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("key file " + file + " cannot be written, and is as it was");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, folder.resolve(".ticket.keys.lock"));
    }

    @Test
    void new_folderDoesNotExist_saysSo() throws Exception {
        Path nowhere = folder.resolve("nowhere").resolve("ticket.keys");

        ForkedTests.Result result = keys("new", nowhere.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("key file " + nowhere + " cannot be written")
                .contains("NoSuchFile");
    }

    @Test
    void rotate_severalProcessesAtOnce_announceOneNextKey() throws Exception {
        writeKeysThatAreDue(file);
        int timers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(timers);
        try {
            List<Future<ForkedTests.Result>> runs = new ArrayList<>();
            for (int i = 0; i < timers; i++) {
                runs.add(pool.submit(() -> keys("rotate", file.toString())));
            }
            int replaced = 0;
            for (Future<ForkedTests.Result> run : runs) {
                ForkedTests.Result result = run.get();
                assertThat(result.exitCode()).as(result.output()).isZero();
                replaced += result.output().contains("replaced") ? 1 : 0;
            }
            assertThat(replaced).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(KeysetText.parse(Files.readAllBytes(file), "f").keys())
                .filteredOn(key -> key.times().orElseThrow().activateAt().isAfter(Instant.now()))
                .hasSize(1);
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, folder.resolve(".ticket.keys.lock"));
    }

    @Test
    void rotate_throughASymbolicLink_replacesTheFileAndKeepsTheLink() throws Exception {
        Path real = folder.resolve("real.keys");
        writeKeysThatAreDue(real);
        byte[] before = Files.readAllBytes(real);
        Files.createSymbolicLink(file, real.getFileName());

        assertThat(keys("rotate", file.toString()).exitCode()).isZero();

        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readAllBytes(real)).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");
    }

    @Test
    void rotate_byRoot_leavesTheFileToItsOwner() throws Exception {
        writeKeysThatAreDue(file);
        UserPrincipal nobody =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assumeTrue(maySetOwner(nobody), "only root can give files away");

        assertThat(keys("rotate", file.toString()).output()).contains("replaced");

        assertThat(Files.getOwner(file)).isEqualTo(nobody);
    }

    private static final String MAIN = Main.class.getName();

    private static ForkedTests.Result keys(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), MAIN, "keys"));
        command.addAll(List.of(arguments));
        return ForkedTests.run(command);
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** A keyset whose second key seals since an hour ago, so that the next one is to be announced. */
    private static void writeKeysThatAreDue(Path target) throws IOException {
        Instant start = Instant.now().minus(KeyRotation.DEFAULT.period()).minus(Duration.ofHours(1));
        KeyFileWriter.writeKeyset(target, KeyRotation.DEFAULT.first(start, RANDOM));
    }

    private boolean maySetOwner(UserPrincipal owner) {
        try {
            Files.setOwner(file, owner);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
