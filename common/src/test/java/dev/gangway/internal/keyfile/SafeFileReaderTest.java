package dev.gangway.internal.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeFileReaderTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("keys");
        KeyFileWriter.replace(file, new byte[] {1, 2, 3});
    }

    @Test
    void read_otherFilesAreRenamedOverItAllTheTime_givesOneOfThem() throws Exception {
        renameOver(1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<?> renaming = pool.submit(() -> {
            for (int i = 2; !done.get(); i++) {
                renameOver(i);
            }
            return null;
        });
        try {
            for (int i = 0; i < 3000; i++) {
                byte[] content = SafeFileReader.read(file, Allow.OWNER_ONLY);
                assertThat(content).containsOnly(content[0]);
            }
        } finally {
            done.set(true);
            renaming.get();
            pool.shutdown();
        }
    }

    // Each has another length, and none has the inode of the previous one.
    private void renameOver(int number) throws IOException {
        byte[] content = new byte[101 + number % 100];
        Arrays.fill(content, (byte) number);
        Path next = Files.write(folder.resolve("next"), content);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        Path kept = folder.resolve("kept-" + number % 16);
        Files.deleteIfExists(kept);
        Files.createLink(kept, next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void read_fileOfTheOwnerOnly_givesItsContent() throws Exception {
        assertThat(SafeFileReader.read(file, Allow.OWNER_ONLY)).containsExactly(1, 2, 3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r-----,OWNER_ONLY,false",
        "rw-r-----,GROUP,true",
        "rw-r-----,ANYONE,true",
        "rw-r--r--,OWNER_ONLY,false",
        "rw-r--r--,GROUP,false",
        "rw-r--r--,ANYONE,true",
        "rw--w----,ANYONE,false",
        "rw-----w-,ANYONE,false",
        "r--------,OWNER_ONLY,true",
        "rwx--x--x,OWNER_ONLY,true",
    })
    void read_permissions_areHeldAgainstWhatIsAllowed(String permissions, Allow allow, boolean accepted)
            throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        if (accepted) {
            assertThat(SafeFileReader.read(file, allow)).hasSize(3);
        } else {
            assertThatThrownBy(() -> SafeFileReader.read(file, allow))
                    .isInstanceOf(KeySourceException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(permissions)
                    .hasMessageContaining("chmod 600 " + file);
        }
    }

    @Test
    void read_symbolicLinks_areFollowedAsAKubernetesMountNeeds() throws Exception {
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("keys"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), data.getFileName());

        assertThat(SafeFileReader.read(link, Allow.OWNER_ONLY)).hasSize(3);
    }

    @Test
    void read_missingFile_saysSo() {
        assertThatThrownBy(() -> SafeFileReader.read(folder.resolve("none"), Allow.OWNER_ONLY))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("key file %1$s does not exist; make the file with 'keys new %1$s', or correct the path"
                        .formatted(folder.resolve("none")));
    }

    @Test
    void read_missingRelativePath_saysWhereItStartsFrom() {
        assertThatThrownBy(() -> SafeFileReader.read(Path.of("no/ticket.keys"), Allow.OWNER_ONLY))
                .hasMessage("key file no/ticket.keys does not exist: a relative path starts at "
                        + Path.of("").toAbsolutePath() + ", the working directory of this process;"
                        + " make the file with 'keys new no/ticket.keys', or give an absolute path");
    }

    @Test
    void read_directory_saysSo() {
        assertThatThrownBy(() -> SafeFileReader.read(folder, Allow.OWNER_ONLY))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("key file " + folder + " is a directory; give the path of a file in it, such as "
                        + folder.resolve("ticket.keys"));
    }

    @Test
    void read_device_isNoRegularFile() {
        assertThatThrownBy(() -> SafeFileReader.read(Path.of("/dev/zero"), Allow.ANYONE))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("key file /dev/zero is not a regular file; give the path of one");
    }

    @Test
    void read_emptyFile_saysSo() throws Exception {
        KeyFileWriter.replace(file, new byte[0]);

        assertThatThrownBy(() -> SafeFileReader.read(file, Allow.OWNER_ONLY))
                .hasMessage("key file %1$s is empty; make a new one with 'keys new %1$s'", file);
    }

    @Test
    void read_hugeFile_isNotTakenIn() throws Exception {
        KeyFileWriter.replace(file, new byte[64 * 1024 + 1]);

        assertThatThrownBy(() -> SafeFileReader.read(file, Allow.OWNER_ONLY))
                .hasMessageContaining("has 65537 bytes; a key file has at most 65536");
    }

    @Test
    void read_largestFile_isTakenInWhole() throws Exception {
        byte[] content = new byte[64 * 1024];
        content[0] = 1;
        content[content.length - 1] = 2;
        KeyFileWriter.replace(file, content);

        assertThat(SafeFileReader.read(file, Allow.OWNER_ONLY)).isEqualTo(content);
    }

    @Test
    void read_fileSystemWithoutPermissions_isRead() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("zip"), Map.of("create", "true"))) {
            Path inside = Files.write(zip.getPath("/keys"), new byte[] {1, 2});

            assertThat(SafeFileReader.read(inside, Allow.OWNER_ONLY)).containsExactly(1, 2);
        }
    }
}
