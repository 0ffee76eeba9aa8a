package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keysets that an editor or another tool has changed: with a correct {@code end} line, and lines in other forms. */
class KeysetLinesTest {
    private static final byte[] SECRET = "32 bytes that are no real secret".getBytes(StandardCharsets.US_ASCII);
    private static final String BASE64 = "MzIgYnl0ZXMgdGhhdCBhcmUgbm8gcmVhbCBzZWNyZXQ=";
    private static final String KEY = "key name=000102030405060708090a0b0c0d0e0f accept-from=2026-06-01T00:00:00Z"
            + " activate-at=2026-06-01T00:00:10Z retire-at=2026-06-01T00:00:20Z destroy-at=2026-06-01T00:00:30Z"
            + " secret=" + BASE64;
    private static final String HEADER = "gangway-keyset 1\n";
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void format_key_isTheLineThatThePageForOperatorsShows() throws Exception {
        TicketKey key = TicketKey.scheduled(
                KeyName.parse("000102030405060708090a0b0c0d0e0f"),
                SecretBytes.copyOf(SECRET),
                new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30)));
        String comment = "# Session ticket encryption keys: with this file the traffic can be decrypted.\n";

        assertThat(KeysetText.format(List.of(key))).isEqualTo(ended(HEADER + comment + KEY + "\n", 1, "\n"));
    }

    @Test
    void format_keyWithoutTimes_isRefused() {
        TicketKey key = TicketKey.raw(Arrays.copyOf(SECRET, 48), false);

        assertThatThrownBy(() -> KeysetText.format(List.of(key))).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void parse_eitherLineBreak_isTaken(String lineBreak) throws Exception {
        assertTaken(ended((HEADER + KEY + "\n").replace("\n", lineBreak), 1, lineBreak));
    }

    @Test
    void parse_blankBehindTheEnd_isTaken() throws Exception {
        assertTaken(concat(ended(HEADER + KEY + "\n", 1, "\n"), bytes(" \r\n\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {HEADER, "x", "# comment\n", KEY + "\n"})
    void parse_anythingElseBehindTheEnd_isRefusedWithoutShowingIt(String rest) throws Exception {
        byte[] file = concat(ended(HEADER + KEY + "\n", 1, "\n"), bytes(rest));

        assertThatThrownBy(() -> KeysetText.parse(file, "/keys"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("/keys, line 4: the 'end' line must be the last one")
                .hasMessageNotContaining(BASE64);
    }

    @Test
    void parse_headerWithMoreOnItsLine_isRefused() throws Exception {
        byte[] file = ended("gangway-keyset 1" + " ".repeat(40) + "x\n" + KEY + "\n", 1, "\n");

        assertThatThrownBy(() -> KeysetText.parse(file, "/keys"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("/keys, line 1: the first line must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t \r", "#", "# key", "#end "})
    void parse_blankLinesAndComments_areTaken(String line) throws Exception {
        assertTaken(ended(HEADER + line + "\n" + KEY + "\n" + line + "\n", 1, "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "  \r"})
    void parse_blanksAfterTheSecret_areTaken(String blanks) throws Exception {
        assertTaken(ended(HEADER + KEY + blanks + "\n", 1, "\n"));
    }

    @Test
    void parse_severalBlanksBetweenFields_areTaken() throws Exception {
        assertTaken(ended(HEADER + KEY.replace(" ", "  ") + "\n", 1, "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gangway-keyset 1", "gangway-keyset 1\n", "gangway-keyset 1\n#", "gangway-keyset 1\nend"})
    void parse_nothingButABeginning_wasCutShort(String text) {
        assertThatThrownBy(() -> KeysetText.parse(bytes(text), "f"))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("f has no 'end' line: it is truncated, or is still being written");
    }

    @Test
    void parse_emptyFile_wasCutShort() {
        assertThatThrownBy(() -> KeysetText.parse(new byte[0], "f")).hasMessageStartingWith("f has no 'end' line");
    }

    @Test
    void parse_noKey_isRefused() {
        assertThatThrownBy(() -> KeysetText.parse(ended(HEADER, 0, "\n"), "f"))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("f contains no key; make a keyset with 'keys new'");
    }

    @Test
    void parse_oneKeyTwice_isRefused() {
        assertThatThrownBy(() -> KeysetText.parse(ended(HEADER + KEY + "\n" + KEY + "\n", 2, "\n"), "f"))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("f: two keys have the name 00010203");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destroy-at=2026-06-01T00:00:30Z|''|a key must have all of [name, accept-from, activate-at, retire-at,",
                "retire-at=2026-06-01T00:00:20Z|name=0|name' is given twice",
                "accept-from=2026-06-01T00:00:00Z|accept-from|field 2 of the key is not one of",
                "accept-from=|=|field 2 of the key is not one of",
                "name=0001|name=|'name' is not 32 hexadecimal digits",
                "secret=|secret|a key must have 'secret=' as its last field",
                BASE64 + "|''|key 00010203 has a secret of 0 bytes; at least 32 are needed",
            })
    void parse_mistakeInAKey_namesLineAndMistake(String right, String wrong, String message) {
        String line = KEY.replace(right, wrong);

        assertThatThrownBy(() -> KeysetText.parse(ended(HEADER + "\n# one\n" + line + "\n", 1, "\n"), "f"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("f, line 4: ")
                .hasMessageContaining(message);
    }

    @Test
    void parse_secretIsOnTheNextLine_isNotThisKeys() {
        String lines = HEADER + KEY.replace(" secret=", "\n secret=") + "\n";

        assertThatThrownBy(() -> KeysetText.parse(ended(lines, 1, "\n"), "f"))
                .hasMessage("f, line 2: a key must have 'secret=' as its last field");
    }

    @Test
    void looksLike_headersOfAnyVersion_areAndOthersAreNot() {
        assertThat(KeysetText.looksLike(bytes("gangway-keyset "))).isTrue();
        assertThat(KeysetText.looksLike(bytes("gangway-keyset 2\n"))).isTrue();
        assertThat(KeysetText.looksLike(bytes("gangway-keyset"))).isFalse();
        assertThat(KeysetText.looksLike(bytes("gangway-keyring 1"))).isFalse();
        assertThat(KeysetText.looksLike(new byte[0])).isFalse();
    }

    private static void assertTaken(byte[] content) throws Exception {
        List<TicketKey> keys = KeysetText.parse(content, "f").keys();

        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).name()).hasToString("000102030405060708090a0b0c0d0e0f");
        assertThat(keys.get(0).secret().copy()).isEqualTo(SECRET);
        assertThat(keys.get(0).times())
                .contains(new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30)));
    }

    /** {@code lines} with the correct last line. */
    private static byte[] ended(String lines, int keys, String lineBreak) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(lines));
        return bytes(lines + "end keys=" + keys + " check=" + HexFormat.of().formatHex(digest, 0, 8) + lineBreak);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
