package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileLock;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.Prerequisite;
import dev.gangway.testing.UnprivilegedUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
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

/** The command line as a separate process, with faults of the file system. */
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

        // The maximum file size is zero bytes, which has the same effect as a full disk.
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
        assertThat(result.output()).contains("key file " + file + " cannot be written, and is unchanged");
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
                .contains("the directory " + nowhere.getParent() + " does not exist; create it first");
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
    void rotate_runsKilledWhileTheyWrite_leaveAGoodFileAndNothingElseOnceOneIsDone() throws Exception {
        writeKeysThatAreDue(file);
        int leftBehind = 0;
        for (int kills = 0; kills < 60 && leftBehind < 3; kills++) {
            try (ChildProcess writer = ChildProcess.start(new ProcessBuilder(
                    java(), "-cp", ForkedTests.classPath(), Writing.class.getName(), file.toString()))) {
                InputStream written = writer.process().getInputStream();
                assertThat(written.read()).as("it writes").isEqualTo('w');
                // The process prints one letter for each file, and is killed while it writes one of the next.
                written.readNBytes(RANDOM.nextInt(20));
            }
            leftBehind += filesIn(folder).size() > 2 ? 1 : 0;
            KeysetText.parse(Files.readAllBytes(file), "f").destroy();
        }
        assertThat(leftBehind).as("kills that left something").isPositive();
        writeKeysThatAreDue(file);

        ForkedTests.Result result = keys("rotate", file.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, folder.resolve(".ticket.keys.lock"));
    }

    /** Writes keys in an endless loop. */
    static final class Writing {
        public static void main(String[] file) throws Exception {
            Path target = Path.of(file[0]);
            KeyFileLock.during(target, () -> {
                while (true) {
                    System.out.print('w');
                    System.out.flush();
                    writeKeysThatAreDue(target);
                }
            });
        }
    }

    @Test
    void rotate_byTheOwnerAfterRootMadeAndGaveTheFile_isDone() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder, users.lookupPrincipalByName("nobody"));
        writeKeysThatAreDue(file);
        Files.setOwner(file, users.lookupPrincipalByName("nobody"));

        assertThat(keys("new", file.toString()).exitCode()).isZero();
        ForkedTests.Result result = keysAsNobody("rotate", file.toString(), "--in=1h");

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void new_overAFileWithTwoNames_warnsOfTheOther() throws Exception {
        writeKeysThatAreDue(file);
        Files.createLink(folder.resolve("other.keys"), file);

        ForkedTests.Result result = keys("new", file.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).contains("warning: the replaced file had 2 names (hard links)");
    }

    @Test
    void new_root_isRefused() throws Exception {
        for (String directory : List.of("/", folder.toString(), folder + "/")) {
            ForkedTests.Result result = keys("new", directory);

            assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
            assertThat(result.output()).contains(" is a directory, which is not replaced; give the path of a file");
        }
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void check_goodFile_saysSoAndNothingOfAServer() throws Exception {
        assertThat(keys("new", file.toString()).exitCode()).isZero();

        assertThat(keys("check", file.toString()).output().lines())
                .singleElement()
                .asString()
                .startsWith(file + " is good: key ");
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
        Prerequisite.skipUnless(maySetOwner(nobody), "only root can give files away");

        assertThat(keys("rotate", file.toString()).output()).contains("replaced");

        assertThat(Files.getOwner(file)).isEqualTo(nobody);
    }

    @Test
    void new_byRootAfterALeak_leavesOwnerGroupAndModeAsTheServersNeedThem() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        writeKeysThatAreDue(file);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
        view.setOwner(users.lookupPrincipalByName("nobody"));
        view.setGroup(users.lookupPrincipalByGroupName("nogroup"));
        view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));

        ForkedTests.Result result = keys("new", file.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("replaced").contains("warning: key file " + file, "'?allow=group'");
        PosixFileAttributes after = view.readAttributes();
        assertThat(after.owner().getName()).isEqualTo("nobody");
        assertThat(after.group().getName()).isEqualTo("nogroup");
        assertThat(PosixFilePermissions.toString(after.permissions())).isEqualTo("rw-r-----");
    }

    @Test
    void new_overAFileThatOneMayNotGiveBack_isRefusedWithTheWayOutAndLeavesIt() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        writeKeysThatAreDue(file);
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        ForkedTests.Result result = keysAsNobody("new", file.toString());

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .contains(
                        "key file " + file + " cannot be written, and is unchanged: it belongs to user root and group")
                .contains("run this as root, or as user root");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.getOwner(file).getName()).isEqualTo("root");
        assertThat(filesIn(folder))
                .containsExactlyInAnyOrder(file, folder.resolve(".ticket.keys.lock"), folder.resolve("classes"));
    }

    @Test
    void show_fileOfAnotherUser_saysWhoMustOwnIt() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        writeKeysThatAreDue(file);

        ForkedTests.Result closed = keysAsNobody("show", file.toString());
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.output())
                .contains("key file " + file + " may not be read by user nobody: it belongs to root, with permissions"
                        + " rw-------")
                .contains("; make the server's user its owner, with mode 600 ('chown nobody " + file + "', 'chmod 600 "
                        + file + "'); or give it a group of the server's user, with mode 640, and append"
                        + " '?allow=group' to the path");
        assertThat(keysAsNobody("show", "store:" + file).output())
                .contains("store file " + file + " may not be read by user nobody: it belongs to root")
                .contains("with mode 640, and set keys to 'store:" + file + "?allow=group'");

        Path inside = Files.createDirectory(folder.resolve("closed")).resolve("ticket.keys");
        writeKeysThatAreDue(inside);
        Files.setPosixFilePermissions(inside.getParent(), PosixFilePermissions.fromString("rwx------"));
        assertThat(keysAsNobody("show", inside.toString()).output())
                .contains("key file " + inside
                        + " may not be read by user nobody, who has no access to one of its parent directories");
    }

    @Test
    void rotate_lockFileOfAnotherUser_saysWhoMayRunIt() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        writeKeysThatAreDue(file);
        assertThat(keys("rotate", file.toString()).exitCode()).isZero();

        ForkedTests.Result result = keysAsNobody("new", file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("cannot be changed by user nobody, who has no permission to write "
                        + folder.resolve(".ticket.keys.lock"));
    }

    private static final String MAIN = Main.class.getName();

    private static ForkedTests.Result keys(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), MAIN, "keys"));
        command.addAll(List.of(arguments));
        return ForkedTests.run(command);
    }

    private ForkedTests.Result keysAsNobody(String... arguments) throws Exception {
        Path classes = folder.resolve("classes");
        if (Files.notExists(classes)) {
            UnprivilegedUser.copyReadable(
                    Path.of(Main.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()),
                    classes);
        }
        List<String> command = new ArrayList<>(List.of(java(), "-XX:-UsePerfData", MAIN, "keys"));
        command.addAll(List.of(arguments));
        return ForkedTests.run(UnprivilegedUser.running(command), classes.toString());
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** A keyset whose second key has sealed for an hour, so that the next key is due to be announced. */
    private static void writeKeysThatAreDue(Path target) throws IOException {
        Instant start = Instant.now().minus(KeyRotation.DEFAULT.period()).minus(Duration.ofHours(1));
        KeyFileWriter.writeKeyset(target, KeyRotation.DEFAULT.initialKeys(start, RANDOM));
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
