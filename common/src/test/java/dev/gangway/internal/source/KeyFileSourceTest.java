package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileSourceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void load_rawFilesInOrder_firstSealsAndTheOthersOpen() throws Exception {
        byte[] first = randomBytes(48);
        byte[] second = randomBytes(80);
        KeyFileSource source = source(write("a", first), write("b", second));

        KeyRing ring = source.loadIfChanged(NOW).orElseThrow().ringAt(NOW);

        assertThat(ring.active().orElseThrow().name())
                .hasToString(HexFormat.of().formatHex(first, 0, 16));
        assertThat(ring.acceptOnly())
                .extracting(key -> key.name().toString())
                .containsExactly(HexFormat.of().formatHex(second, 0, 16));
        assertThat(ring.active().get().secret().copy()).isEqualTo(Arrays.copyOfRange(first, 16, 48));
        assertThat(ring.acceptOnly().get(0).secret().length()).isEqualTo(64);
    }

    @Test
    void load_fileFromOpensslRand_isARawKey() throws Exception {
        Path file = folder.resolve("openssl.key");
        assertThat(ChildProcess.run(List.of("sh", "-c", "umask 077; openssl rand -out " + file + " 80"), "")
                        .exitCode())
                .isZero();

        assertThat(source(file).loadIfChanged(NOW).orElseThrow().keys()).hasSize(1);
    }

    @Test
    void load_unchangedContent_givesNothingUntilOfferedAgain() throws Exception {
        Path file = write("a", randomBytes(80));
        KeyFileSource source = source(file);

        assertThat(source.loadIfChanged(NOW)).isPresent();
        assertThat(source.loadIfChanged(NOW)).isEmpty();
        write("a", Files.readAllBytes(file));
        assertThat(source.loadIfChanged(NOW)).as("same content in a new file").isEmpty();
        source.forgetLast();
        assertThat(source.loadIfChanged(NOW)).isPresent();
    }

    @Test
    void load_symbolicLinkSwapped_givesTheNewKeys() throws Exception {
        Files.createDirectory(folder.resolve("v1"));
        Files.createDirectory(folder.resolve("v2"));
        write("v1/keys", randomBytes(80));
        byte[] next = randomBytes(80);
        write("v2/keys", next);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        Path keys = Files.createSymbolicLink(folder.resolve("keys"), Path.of("..data/keys"));
        KeyFileSource source = source(keys);
        source.loadIfChanged(NOW);

        Path swap = Files.createSymbolicLink(folder.resolve("..swap"), Path.of("v2"));
        Files.move(swap, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        Keyset changed = source.loadIfChanged(NOW).orElseThrow();
        assertThat(changed.keys().get(0).name()).hasToString(HexFormat.of().formatHex(next, 0, 16));
    }

    @Test
    void load_afterAFault_givesTheKeysOnceTheFileIsGoodAgain() throws Exception {
        Path file = write("a", randomBytes(80));
        KeyFileSource source = source(file);
        source.loadIfChanged(NOW);
        write("a", randomBytes(79));
        assertThatThrownBy(() -> source.loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining(file + " has 79 bytes and is not a keyset")
                .hasMessageContaining("truncated");

        write("a", randomBytes(80));
        assertThat(source.loadIfChanged(NOW)).isPresent();
    }

    @Test
    void load_oneOfSeveralFilesMissing_isRefusedByName() throws Exception {
        KeyFileSource source = source(write("a", randomBytes(48)), folder.resolve("b"));

        assertThatThrownBy(() -> source.loadIfChanged(NOW))
                .hasMessageContaining(folder.resolve("b") + " does not exist")
                .hasMessageContaining("openssl rand 80 > " + folder.resolve("b"));
    }

    @Test
    void load_keysetAmongOtherFiles_isRefused() throws Exception {
        Path keyset = folder.resolve("keyset");
        KeyFileWriter.writeKeyset(keyset, KeyRotation.DEFAULT.initialKeys(NOW, RANDOM));

        assertThatThrownBy(() -> source(keyset, write("b", randomBytes(48))).loadIfChanged(NOW))
                .hasMessageContaining("is a keyset, which contains all keys: it must be the only file");
        assertThat(source(keyset).loadIfChanged(NOW).orElseThrow().keys()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\n", "hell\n", "hello, world\n", "-----BEGIN PRIVATE KEY-----\n"})
    void load_someText_isRefusedWithTheFormatsThereAre(String text) throws Exception {
        Path file = write("a", text.getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> source(file).loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("key file " + file)
                .hasMessageContaining("keys new")
                .hasMessageContaining("48 or 80 bytes (openssl rand 80)")
                .hasMessageContaining("HAProxy");
    }

    @Test
    void load_fileThatItsGroupMayRead_isTakenIfThatIsAllowedAndNoMore() throws Exception {
        Path file = write("a", randomBytes(48));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> load("file:" + file)).hasMessageContaining("rw-r-----");
        assertThat(load("file:" + file + "?allow=group")).isPresent();
        assertThat(load("file:" + file + "?allow=anyone")).isPresent();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> load("file:" + file + "?allow=group")).hasMessageContaining("rw-r--r--");
        assertThatThrownBy(() -> load("derived:" + file + "?allow=group")).hasMessageContaining("rw-r--r--");
        assertThat(load("file:" + file + "?allow=anyone")).isPresent();
    }

    private static Optional<Keyset> load(String setting) throws KeySourceException {
        return KeysSetting.parse(setting, TicketPolicy.DEFAULT).loadIfChanged(NOW);
    }

    @Test
    void load_oneRawFileTwice_isRefused() throws Exception {
        Path file = write("a", randomBytes(80));

        assertThatThrownBy(() -> source(file, file).loadIfChanged(NOW)).hasMessageContaining("two keys have the name");
    }

    @Test
    void load_zeros_areRefused() throws Exception {
        assertThatThrownBy(() -> source(write("a", new byte[48])).loadIfChanged(NOW))
                .hasMessageContaining("simple pattern")
                .hasMessageContaining("openssl rand");
    }

    @Test
    void randomSource_overTime_addsTheNextKeyAndDropsTheDead() throws Exception {
        RandomKeySource source = RandomKeySource.of(KeyRotation.DEFAULT);
        Keyset first = source.loadIfChanged(NOW).orElseThrow();
        assertThat(source.loadIfChanged(NOW.plusSeconds(60))).isEmpty();

        Instant nextDay = NOW.plus(KeyRotation.DEFAULT.period());
        Keyset second = source.loadIfChanged(nextDay).orElseThrow();

        TicketKey announced = first.keys().get(1);
        assertThat(second.ringAt(nextDay).active().orElseThrow().name()).isEqualTo(announced.name());
        assertThat(second.keys()).hasSize(3);
        assertThat(source.loadIfChanged(nextDay.plus(KeyRotation.DEFAULT.period()))
                        .orElseThrow()
                        .keys())
                .as("previous, active, next")
                .hasSize(3)
                .noneMatch(key -> key.name().equals(first.keys().get(0).name()));
    }

    private static KeyFileSource source(Path... files) {
        return KeyFileSource.of(List.of(files), Allow.OWNER_ONLY, false);
    }

    private Path write(String name, byte[] content) throws Exception {
        Path file = folder.resolve(name);
        KeyFileWriter.replace(file, content);
        return file;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
