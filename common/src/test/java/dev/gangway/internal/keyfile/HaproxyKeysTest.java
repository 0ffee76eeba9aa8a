package dev.gangway.internal.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.source.KeyFileSource;
import dev.gangway.testing.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaproxyKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void parse_threeLines_lastButOneSealsAndTheOthersOpen(String lineBreak) throws Exception {
        byte[][] keys = {randomBytes(48), randomBytes(80), randomBytes(48)};
        OrderedKeyset keyset = HaproxyKeys.parse(text(lineBreak, keys), "f", false);

        KeyRing ring = keyset.ringAt(Instant.EPOCH);
        assertThat(ring.active().orElseThrow().name())
                .hasToString(HexFormat.of().formatHex(keys[1], 0, 16));
        assertThat(ring.acceptOnly())
                .extracting(key -> key.name().toString())
                .containsExactly(
                        HexFormat.of().formatHex(keys[0], 0, 16), HexFormat.of().formatHex(keys[2], 0, 16));
    }

    @Test
    void parse_fourLines_lastButOneSeals() throws Exception {
        byte[][] keys = {randomBytes(48), randomBytes(48), randomBytes(48), randomBytes(48)};

        OrderedKeyset keyset = parse(text("\n", keys));

        assertThat(keyset.ringAt(Instant.EPOCH).active().orElseThrow().name())
                .isEqualTo(keyset.keys().get(2).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void parse_emptyLinesAndNoBreakAtTheEnd_areNoKeys(String lineBreak) throws Exception {
        byte[][] keys = {randomBytes(48), randomBytes(48), randomBytes(48)};
        String lines = new String(text(lineBreak, keys), StandardCharsets.US_ASCII);
        String unbroken = lineBreak
                + lineBreak
                + lines.replace(lineBreak, lineBreak + lineBreak).stripTrailing();

        OrderedKeyset keyset = parse(unbroken.getBytes(StandardCharsets.US_ASCII));

        assertThat(keyset.keys())
                .extracting(key -> HexFormat.of().formatHex(key.verbatimBytes()))
                .containsExactly(hex(keys[0]), hex(keys[1]), hex(keys[2]));
    }

    @Test
    void parse_mistakeAfterEmptyLines_isInTheLineAnEditorShows() {
        assertThatThrownBy(() -> parse("\n\r\n\nABCD\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageStartingWith("f, line 4: a key has 48 or 80 bytes in base64, not 3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parse_verbatim_isWhatItsKeysAre(boolean verbatim) throws Exception {
        byte[] content = text("\n", randomBytes(48), randomBytes(48), randomBytes(48));

        assertThat(HaproxyKeys.parse(content, "f", verbatim).keys())
                .allSatisfy(key -> assertThat(key.isVerbatim()).isEqualTo(verbatim));
    }

    @Test
    void load_fileMadeByOpensslRand_isReadThroughTheFileSource() throws Exception {
        Path file = folder.resolve("haproxy.keys");
        String script = "umask 077; for i in 1 2 3; do openssl rand -base64 48 | tr -d '\\n'; echo; done > " + file;
        assertThat(ChildProcess.run(List.of("sh", "-c", script), "").exitCode()).isZero();

        KeyFileSource source = KeyFileSource.of(List.of(file), Allow.OWNER_ONLY, false);

        assertThat(source.loadIfChanged(Instant.EPOCH).orElseThrow().keys()).hasSize(3);
    }

    @Test
    void parse_mistakes_areRefusedWithTheirLineAndWithoutTheSecret() {
        assertThatThrownBy(() -> parse(text("\n", randomBytes(48), randomBytes(48))))
                .hasMessage("f has 2 keys; HAProxy's format needs at least 3: previous, active, next");
        assertThatThrownBy(() -> parse(text("\n", randomBytes(48), randomBytes(47), randomBytes(48))))
                .hasMessageContaining("f, line 2: a key has 48 or 80 bytes in base64, not 47");
        assertThatThrownBy(() -> parse("ABCDE=F\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("f, line 1: not valid base64")
                .hasNoCause();
        assertThatThrownBy(() -> parse(text("\n", new byte[48], randomBytes(48), randomBytes(48))))
                .hasMessageContaining("simple pattern");
    }

    @Test
    void looksLike_rawKeysAndKeysets_areNot() {
        assertThat(HaproxyKeys.looksLike(text("\n", randomBytes(48)))).isTrue();
        assertThat(HaproxyKeys.looksLike("gangway-keyset 1\n".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(HaproxyKeys.looksLike(new byte[0])).isFalse();
        for (int i = 0; i < 1_000; i++) {
            assertThat(HaproxyKeys.looksLike(randomBytes(80))).isFalse();
        }
    }

    @Test
    void looksLike_everyCharacterOfBase64AndLineBreaks_isAndAnyOtherIsNot() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            assertThat(HaproxyKeys.looksLike(new byte[] {'A', (byte) b, 'A'}))
                    .as("byte %d", b)
                    .isEqualTo(alphabet.indexOf(b) >= 0);
        }
    }

    private static OrderedKeyset parse(byte[] content) throws KeySourceException {
        return HaproxyKeys.parse(content, "f", false);
    }

    private static byte[] text(String lineBreak, byte[]... keys) {
        StringBuilder text = new StringBuilder();
        for (byte[] key : keys) {
            text.append(Base64.getEncoder().encodeToString(key)).append(lineBreak);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
