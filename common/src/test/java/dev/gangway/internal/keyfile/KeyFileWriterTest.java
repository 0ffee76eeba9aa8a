package dev.gangway.internal.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileWriterTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("keys");
    }

    @Test
    void replace_newFile_isForItsOwnerOnlyAndAlone() throws Exception {
        KeyFileWriter.replace(file, new byte[] {1, 2, 3});

        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(filesInFolder()).containsExactly(file);
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, rw-------",
        "rw-r-----, rw-r-----",
        "r--r-----, r--r-----",
        "rw-r--r--, rw-r--r--",
        "rw-rw----, rw-r-----",
        "rw-rw-rw-, rw-r--r--",
    })
    void replace_fileThatIsThere_keepsItsReadersAndNobodyElseMayWrite(String before, String after) throws Exception {
        Files.write(file, new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(before));

        KeyFileWriter.replace(file, new byte[] {4});

        assertThat(Files.readAllBytes(file)).containsExactly(4);
        assertThat(permissions(file)).isEqualTo(after);
    }

    @Test
    void replace_symbolicLink_staysOne() throws Exception {
        Path real = Files.write(folder.resolve("real"), new byte[] {1});
        Files.createSymbolicLink(file, real.getFileName());

        KeyFileWriter.replace(file, new byte[] {4});

        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readAllBytes(real)).containsExactly(4);
        assertThat(filesInFolder()).containsExactlyInAnyOrder(file, real);
    }

    @Test
    void replace_symbolicLinkThatLeadsNowhereYet_staysOneAndItsFileIsMade() throws Exception {
        Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real");
        Path between = Files.createSymbolicLink(folder.resolve("between"), real);
        Files.createSymbolicLink(file, between.getFileName());

        KeyFileWriter.replace(file, new byte[] {4});

        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readAllBytes(real)).containsExactly(4);
        assertThat(permissions(real)).isEqualTo("rw-------");
        assertThat(filesInFolder()).containsExactlyInAnyOrder(file, between, real.getParent());
    }

    @Test
    void replace_symbolicLinkThatLeadsToItself_isRefused() throws Exception {
        Path other = folder.resolve("other");
        Files.createSymbolicLink(file, other);
        Files.createSymbolicLink(other, file);

        assertThatThrownBy(() -> KeyFileWriter.replace(file, new byte[] {4}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key file " + file + " is a symbolic link to itself; remove it");
        assertThat(Files.isSymbolicLink(file)).isTrue();
    }

    @Test
    void replace_somethingThatIsNoFile_isRefusedAndLeftAsItWas() throws Exception {
        // A device is of the same kind, but root may replace devices.
        assertThat(ChildProcess.run(List.of("mkfifo", file.toString()), "").exitCode())
                .isZero();

        assertThatThrownBy(() -> KeyFileWriter.replace(file, new byte[] {4}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "key file " + file + " is not a regular file, which is not replaced; give the path of a file");
        assertThat(Files.readAttributes(file, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(filesInFolder()).containsExactly(file);
    }

    @Test
    void replace_fileOfAnotherUser_staysTheirs() throws Exception {
        Files.write(file, new byte[] {1});
        UserPrincipal nobody =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Prerequisite.skipUnless(may(() -> Files.setOwner(file, nobody)), "only root can give files away");

        KeyFileWriter.replace(file, new byte[] {4});

        assertThat(Files.readAllBytes(file)).containsExactly(4);
        assertThat(Files.getOwner(file)).isEqualTo(nobody);
    }

    @Test
    void replace_fileOfAnotherGroup_staysTheirs() throws Exception {
        Files.write(file, new byte[] {1});
        GroupPrincipal group =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("nogroup");
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        Prerequisite.skipUnless(may(() -> view.setGroup(group)), "only root can give files away");
        view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));

        KeyFileWriter.replace(file, new byte[] {4});

        assertThat(Files.readAllBytes(file)).containsExactly(4);
        PosixFileAttributes after = Files.readAttributes(file, PosixFileAttributes.class);
        assertThat(after.group()).isEqualTo(group);
        assertThat(permissions(file)).isEqualTo("rw-r-----");
    }

    @Test
    void replace_folderMissing_namesTheFile() {
        Path nowhere = folder.resolve("nowhere").resolve("keys");

        assertThatThrownBy(() -> KeyFileWriter.replace(nowhere, new byte[] {4}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("key file " + nowhere + " cannot be written, and is unchanged: ");
    }

    @Test
    void replace_somethingInTheWay_leavesItAndNothingElse() throws Exception {
        Files.createDirectory(file);
        Path inside = Files.write(file.resolve("inside"), new byte[] {1});

        assertThatThrownBy(() -> KeyFileWriter.replace(file, new byte[] {4}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("key file " + file + " cannot be written, and is unchanged: ");

        assertThat(inside).exists();
        assertThat(filesInFolder()).containsExactly(file);
    }

    @Test
    void writeKeyset_keys_areReadBack() throws Exception {
        List<TicketKey> keys =
                KeyRotation.DEFAULT.initialKeys(Instant.parse("2026-06-01T00:00:00Z"), new SecureRandom());

        KeyFileWriter.writeKeyset(file, keys);

        assertThat(KeysetText.parse(Files.readAllBytes(file), "f").keys())
                .extracting(TicketKey::name)
                .isEqualTo(keys.stream().map(TicketKey::name).toList());
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean may(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException e) {
            return false;
        }
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
