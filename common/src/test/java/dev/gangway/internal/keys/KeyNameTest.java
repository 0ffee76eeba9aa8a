package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNameTest {
    private static final String HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    @Test
    void parse_hexadecimalDigits_areTheNameInEveryForm() {
        KeyName name = KeyName.parse(HEX);

        assertThat(name).hasToString(HEX).isEqualTo(KeyName.of(name.toByteArray()));
        assertThat(name.shortForm()).isEqualTo("0a1b2c3d");
        assertThat(name.toByteArray()).hasSize(16).startsWith(0x0a, 0x1b).endsWith(0xf9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0a1b2c3d", HEX + "0", "zz1b2c3d4e5f60718293a4b5c6d7e8f9"})
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> KeyName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void of_anyOtherNumberOfBytes_isRefused(int length) {
        assertThatThrownBy(() -> KeyName.of(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key name has 16 bytes, not " + length);
    }

    @Test
    void of_arraysChangedAfterwards_changeNothing() {
        byte[] given = new byte[16];
        KeyName name = KeyName.of(given);

        given[0] = 1;
        name.toByteArray()[1] = 1;

        assertThat(name).hasToString("00".repeat(16));
    }

    @Test
    void equals_sameBytes_isTrueAndHashCodesAgree() {
        assertThat(KeyName.parse(HEX)).isEqualTo(KeyName.parse(HEX)).hasSameHashCodeAs(KeyName.parse(HEX));
        assertThat(KeyName.parse(HEX))
                .isNotEqualTo(KeyName.parse("00".repeat(16)))
                .isNotEqualTo(HEX);
        assertThat(KeyName.parse(HEX).hashCode())
                .isNotEqualTo(KeyName.parse("00".repeat(16)).hashCode());
    }

    @Test
    void compareTo_names_isTheOrderOfTheirDigits() {
        KeyName low = KeyName.parse("7f" + "00".repeat(15));
        KeyName high = KeyName.parse("80" + "00".repeat(15));

        assertThat(low).isLessThan(high).isEqualByComparingTo(low);
        assertThat(high).isGreaterThan(low);
    }

    @Test
    void random_twice_givesTwoNames() {
        SecureRandom random = new SecureRandom();

        assertThat(KeyName.random(random)).isNotEqualTo(KeyName.random(random));
    }
}
