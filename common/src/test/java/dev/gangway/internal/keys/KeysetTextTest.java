package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetTextTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(NOW, new SecureRandom());
    private final byte[] content = KeysetText.format(keys);

    @Test
    void parse_whatFormatWrote_givesTheSameKeys() throws Exception {
        Keyset read = KeysetText.parse(content, "f");

        assertThat(read.keys()).hasSameSizeAs(keys);
        for (int i = 0; i < keys.size(); i++) {
            TicketKey expected = keys.get(i);
            TicketKey actual = read.keys().get(i);
            assertThat(actual.name()).isEqualTo(expected.name());
            assertThat(actual.times()).isEqualTo(expected.times());
            assertThat(actual.secret().sameAs(expected.secret())).isTrue();
        }
        assertThat(KeysetText.looksLike(content)).isTrue();
    }

    @Test
    void parse_cutAtAnyPlace_isRefused() throws Exception {
        for (int length = 0; length < content.length - 1; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> KeysetText.parse(cut, "f"))
                    .as("cut after %d of %d bytes", length, content.length)
                    .isInstanceOf(KeySourceException.class);
        }
        // Only the last line break may be missing.
        KeysetText.parse(Arrays.copyOf(content, content.length - 1), "f");
    }

    @Test
    void parse_anyByteChanged_isRefused() {
        for (int at = 0; at < content.length - 1; at++) {
            byte[] changed = content.clone();
            changed[at] ^= 0x01;
            assertThatThrownBy(() -> KeysetText.parse(changed, "f"))
                    .as("byte %d", at)
                    .isInstanceOf(KeySourceException.class);
        }
    }

    @Test
    void parse_firstHalfOfOneFileAndSecondOfAnother_isRefused() {
        byte[] torn = KeysetText.format(KeyRotation.DEFAULT.initialKeys(NOW, new SecureRandom()));
        System.arraycopy(content, 0, torn, 0, torn.length / 2);

        assertThatThrownBy(() -> KeysetText.parse(torn, "f")).isInstanceOf(KeySourceException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gangway-keyset 1|gangway-keyset 2|line 1: the first line must be 'gangway-keyset 1'",
                "key name=|lock name=|line 3: expected 'key …', 'end …' or a comment",
                "accept-from=|accepted=|line 3: field 2 of the key is not one of [name,",
                "activate-at=2026-06-01T00:00:00Z|activate-at=soon|line 3: 'activate-at' is not an instant",
                "activate-at=2026-06-01T00:00:00Z|activate-at=2027-06-01T00:00:00Z|is not before retire-at",
                " secret=| secrt=|line 3: a key must have 'secret=' as its last field",
                " secret=| secret=!|line 3: the secret is not valid base64",
                "end keys=2|end keys=3|the 'end' line does not match",
            })
    void parse_mistakeInALine_namesLineAndMistake(String right, String wrong, String message) {
        byte[] changed = new String(content, StandardCharsets.UTF_8)
                .replaceFirst(right, wrong)
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> KeysetText.parse(changed, "/keys"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("/keys")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=", "accept-from=", "extra=", "", "name=x name="})
    void parse_secretInAnotherField_isNotInTheMessage(String field) {
        String secret = Base64.getEncoder().encodeToString(keys.get(0).secret().copy());
        for (String place : List.of(" accept-from=", " retire-at=", " secret=")) {
            byte[] changed = new String(content, StandardCharsets.UTF_8)
                    .replaceFirst(place, " " + Matcher.quoteReplacement(field + secret) + place)
                    .getBytes(StandardCharsets.UTF_8);

            assertThatThrownBy(() -> KeysetText.parse(changed, "f"))
                    .isInstanceOf(KeySourceException.class)
                    .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(secret.substring(0, 8)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=", "accept-from=", "destroy-at="})
    void parse_secretAsTheValueOfAField_isNotInTheMessage(String field) {
        String secret = Base64.getEncoder().encodeToString(keys.get(0).secret().copy());
        byte[] changed = new String(content, StandardCharsets.UTF_8)
                .replaceFirst(field + "\\S+", Matcher.quoteReplacement(field + secret))
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> KeysetText.parse(changed, "f"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("'" + field.substring(0, field.length() - 1) + "' is not")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(secret.substring(0, 8)));
    }

    @Test
    void parse_anyMistake_messageHoldsNoSecret() {
        for (TicketKey key : keys) {
            String secret = Base64.getEncoder().encodeToString(key.secret().copy());
            byte[] changed = new String(content, StandardCharsets.UTF_8)
                    .replace(secret, secret.substring(1) + "!")
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> KeysetText.parse(changed, "f"))
                    .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(secret.substring(1, 8)));
        }
    }
}
