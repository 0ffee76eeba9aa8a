package dev.gangway.internal.keyfile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages call each kind of file, and advise. */
class SecretFileTest {
    private static final Path STORE_FILE = Path.of("/etc/gangway/store.properties");

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void writeFile() throws IOException {
        path = folder.resolve("file");
        KeyFileWriter.replace(path, new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEYS|key file|make the file with 'keys new %s'",
                "STORE|store file|create it with mode 600",
                "PASSWORD|password file|create it with mode 600",
                "WRAPPING_KEY|wrapping key file|copy it from another node,"
                        + " make the first one with 'umask 077; openssl rand 32 > %s'",
                "LAST_KNOWN|lastKnown file|wait until the server has written it",
            })
    void read_missing_saysHowToGetIt(Kind kind, String name, String remedy) {
        Path missing = folder.resolve("none");
        assertRefused(
                kind.of(missing, Allow.OWNER_ONLY),
                name + " " + missing + " does not exist; " + remedy.formatted(missing) + ", or correct the path");

        Path relative = Path.of("no/file");
        assertRefused(
                kind.of(relative, Allow.OWNER_ONLY),
                name + " no/file does not exist: a relative path starts at "
                        + Path.of("").toAbsolutePath() + ", the working directory of this process; "
                        + remedy.formatted(relative) + ", or give an absolute path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STORE|store file",
                "PASSWORD|password file",
                "WRAPPING_KEY|wrapping key file",
                "LAST_KNOWN|lastKnown file",
            })
    void read_fileOfAStoreThatOthersCanRead_namesTheOptionOfTheSetting(Kind kind, String name) throws Exception {
        for (String permissions : new String[] {"rw-r-----", "rw-r--r--"}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            String storeFile = kind == Kind.STORE ? path.toString() : STORE_FILE.toString();
            assertRefused(
                    kind.of(path, Allow.OWNER_ONLY),
                    ("%1$s %2$s has permissions %3$s, so users other than its owner have access; run 'chmod 600 %2$s', or"
                                    + " set keys to 'store:%4$s?allow=group' or 'store:%4$s?allow=anyone'")
                            .formatted(name, path, permissions, storeFile));
        }
    }

    @Test
    void read_keyFileThatOthersCanRead_namesTheOptionOfThePath() throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(
                Kind.KEYS.of(path, Allow.OWNER_ONLY),
                ("key file %1$s has permissions rw-r-----, so users other than its owner have access; run 'chmod 600 %1$s',"
                                + " or append '?allow=group' or '?allow=anyone' to the path")
                        .formatted(path));
    }

    @ParameterizedTest
    @CsvSource({"KEYS,rw-rw----", "STORE,rw-rw-r--", "WRAPPING_KEY,rw-----w-"})
    void read_fileThatOthersCanWrite_namesNoOption(Kind kind, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> SafeFileReader.read(kind.of(path, Allow.OWNER_ONLY)))
                .hasMessageEndingWith("; run 'chmod 600 " + path + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEYS|key file|make a new one with 'keys new %s'",
                "STORE|store file|write the properties into it",
                "PASSWORD|password file|write the value of 'password' into it",
                "WRAPPING_KEY|wrapping key file|copy it from another node,"
                        + " or make the first one with 'umask 077; openssl rand 32 > %s'",
                "LAST_KNOWN|lastKnown file|the server writes it again when the store answers",
            })
    void read_empty_saysHowItGetsItsContent(Kind kind, String name, String remedy) throws Exception {
        KeyFileWriter.replace(path, new byte[0]);
        assertRefused(kind.of(path, Allow.OWNER_ONLY), name + " " + path + " is empty; " + remedy.formatted(path));
    }

    @ParameterizedTest
    @CsvSource({
        "KEYS,key file,ticket.keys",
        "STORE,store file,store.properties",
        "PASSWORD,password file,password.txt",
        "WRAPPING_KEY,wrapping key file,wrapping.key",
        "LAST_KNOWN,lastKnown file,last-known",
    })
    void read_directory_namesAFileInIt(Kind kind, String name, String example) {
        assertRefused(
                kind.of(folder, Allow.OWNER_ONLY),
                name + " " + folder + " is a directory; give the path of a file in it, such as "
                        + folder.resolve(example));
    }

    private static void assertRefused(SecretFile file, String message) {
        assertThatThrownBy(() -> SafeFileReader.read(file))
                .isInstanceOf(KeySourceException.class)
                .hasMessage(message);
    }

    enum Kind {
        KEYS,
        STORE,
        PASSWORD,
        WRAPPING_KEY,
        LAST_KNOWN;

        SecretFile of(Path path, Allow allow) {
            return switch (this) {
                case KEYS -> SecretFile.ofKeys(path, allow, "keys new " + path);
                case STORE -> SecretFile.ofStore(path, allow);
                case PASSWORD -> SecretFile.ofProperty("password", path, allow, STORE_FILE);
                case WRAPPING_KEY -> SecretFile.ofWrappingKey(path, allow, STORE_FILE);
                case LAST_KNOWN -> SecretFile.ofLastKnown(path, allow, STORE_FILE);
            };
        }
    }
}
