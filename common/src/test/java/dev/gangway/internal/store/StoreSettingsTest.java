package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.TicketPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSettingsTest {
    @TempDir
    Path folder;

    @Test
    void read_everyProperty_isUnderstood() throws Exception {
        Path password = StoreFiles.write(folder.resolve("password"), "secret\n".getBytes(StandardCharsets.UTF_8));
        Path file = StoreFiles.properties(
                folder,
                "type=jdbc",
                "url=jdbc:h2:mem:x",
                "user=gangway",
                "passwordFile=" + password,
                "name=fleet-1",
                "node=node 1",
                "period=12h",
                "outage=36h",
                "lastKnown=" + folder.resolve("last"));
        StoreSettings settings = read(file);
        assertThat(settings.ofProvider()).containsEntry("password", "secret").containsEntry("user", "gangway");
        assertThat(settings.documentName()).isEqualTo("fleet-1");
        assertThat(settings.plan())
                .isEqualTo(new SharedKeyset.Plan("node_1", Duration.ofHours(12), Optional.of(Duration.ofHours(36))));
        assertThat(settings.lastKnown()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url=jdbc:h2:mem:x|has no property 'type'; add one, such as type=jdbc",
                "type=jdcb;url=jdbc:h2:mem:x|type 'jdcb', which is unknown; the types are: jdbc",
                "type=jdcb;url=jdbc:h2:mem:x|did you mean 'jdbc'?",
                "type=com.example.None|is not a KeysetStoreProvider",
                "type=java.lang.String|is not a KeysetStoreProvider",
                "type=jdbc|has no property 'url', which a store of type jdbc needs",
                "type=jdbc;url=x;usr=a|unknown property 'usr'",
                "type=jdbc;url=x;se2cret|unknown property in a line whose text is not shown",
                "type=jdbc;url=x;se2c=ret|unknown property in a line whose text is not shown",
                "type=jdbc;url=x;usr=a|did you mean 'user'?",
                "type=jdbc;url=x;url=y|has the property url twice",
                "type=jdbc;url=x;password=a;passwordFile=b|has both 'password' and 'passwordFile'",
                "type=jdbc;url=x;name=a b|has name 'a b'; use letters, digits",
                "type=jdbc;url=x;period=1h|period 1h must be at least the ticketLifetime of 6h",
                "type=jdbc;url=x;period=often|period 'often' is not a duration",
                "type=jdbc;url=x;outage=1h|outage 1h must be from one to 30 times the period of 12h",
                "type=jdbc;url=x;encryption=aes|encryption 'aes': the only value is 'none'",
                "type=jdbc;url=x;encryption=none|excludes wrappingKey",
            })
    void read_anythingElse_isRefusedByName(String lines, String message) {
        Path file = StoreFiles.properties(folder, lines.split(";", -1));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_withoutEncryption_onlyIfAskedForByName() throws Exception {
        Path file = folder.resolve("plain.properties");
        StoreFiles.write(file, "type=jdbc\nurl=x\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(file)).hasMessageContaining("has no property 'wrappingKey'");
        StoreFiles.write(file, "type=jdbc\nurl=x\nencryption=none\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read(file).wrappingKeys()).isEmpty();
    }

    @Test
    void read_filesThatOthersCanRead_areRefusedWithAnOptionThatWorks() throws Exception {
        Path password = StoreFiles.write(folder.resolve("password"), "secret\n".getBytes(StandardCharsets.UTF_8));
        Path file = StoreFiles.properties(folder, "type=jdbc", "url=x", "passwordFile=" + password);
        Map<String, Path> kinds = new LinkedHashMap<>();
        kinds.put("password file", password);
        kinds.put("wrapping key file", folder.resolve("wrapping.key"));
        kinds.put("store file", file);
        // The store file is read first, then the wrapping keys, then the files of other properties.
        kinds.forEach((kind, path) -> {
            setPermissions(path, "rw-r-----");
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(KeySourceException.class)
                    .hasMessageStartingWith(kind + " " + path + " has permissions rw-r-----, so users other than its")
                    .hasMessageContaining("or set keys to 'store:" + file + "?allow=group'");
        });
        assertThat(read(file, Allow.GROUP).ofProvider()).containsEntry("password", "secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store.properties|store file|create it with mode 600, or correct the path",
                "password|password file|create it with mode 600, or correct the path",
                "wrapping.key|wrapping key file|copy it from another node",
            })
    void read_fileMissing_saysWhichAndHowToGetIt(String missing, String kind, String remedy) throws Exception {
        Path password = StoreFiles.write(folder.resolve("password"), "secret\n".getBytes(StandardCharsets.UTF_8));
        Path file = StoreFiles.properties(folder, "type=jdbc", "url=x", "passwordFile=" + password);
        Files.delete(folder.resolve(missing));
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith(kind + " " + folder.resolve(missing) + " does not exist; " + remedy);
    }

    @Test
    void read_wrappingKeyThatIsNotRandom_isRefused() {
        StoreFiles.write(folder.resolve("wrapping.key"), new byte[32]);
        assertThatThrownBy(() -> read(StoreFiles.properties(folder, "type=jdbc", "url=x")))
                .hasMessageContaining("simple pattern");
    }

    @Test
    void openStore_providerThrowsARuntimeException_isRefusedLikeAnyFault() throws Exception {
        StoreSettings ofEtcd = read(StoreFiles.properties(
                folder, "type=etcd", "endpoints=https://localhost:1", "trustedCertificates=/ca\\u0000.pem"));
        StoreSettings own = read(StoreFiles.properties(folder, "type=" + BrokenProvider.class.getName()));

        assertThatThrownBy(ofEtcd::openStore)
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("store of type etcd cannot be opened: ")
                .hasMessageContaining("Nul character not allowed");
        assertThatThrownBy(own::openStore)
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("store of type broken cannot be opened: ")
                .hasMessageContaining("not ready");
    }

    /** Throws what its interface does not name. */
    public static final class BrokenProvider implements KeysetStoreProvider {
        @Override
        public String type() {
            return "broken";
        }

        @Override
        public Set<String> requiredProperties() {
            return Set.of();
        }

        @Override
        public Set<String> optionalProperties() {
            return Set.of();
        }

        @Override
        public KeysetStore open(String document, Map<String, String> properties) {
            throw new IllegalStateException("not ready");
        }
    }

    private static void setPermissions(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoreSettings read(Path file) throws KeySourceException {
        return read(file, Allow.OWNER_ONLY);
    }

    private static StoreSettings read(Path file, Allow allow) throws KeySourceException {
        return StoreSettings.read(file, allow, TicketPolicy.DEFAULT, Optional.of(Duration.ofHours(12)));
    }
}
