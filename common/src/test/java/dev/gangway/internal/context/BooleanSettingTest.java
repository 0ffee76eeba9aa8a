package dev.gangway.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BooleanSettingTest {
    @Test
    void parse_trueOrFalse_isThat() {
        assertThat(BooleanSetting.parse("s", "true")).isTrue();
        assertThat(BooleanSetting.parse("s", "false")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes-please", "1", "on"})
    void parse_anythingElse_isRefusedByName(String value) {
        assertThatThrownBy(() -> BooleanSetting.parse("checkClientCertificates", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkClientCertificates '" + value + "' is neither 'true' nor 'false'");
    }

    @ParameterizedTest
    @CsvSource({"TRUE,true", "ture,true", "' true',true", "False,false", "flase,false"})
    void parse_almostOneOfThem_isRefusedWithTheOneThatIsMeant(String value, String meant) {
        assertThatThrownBy(() -> BooleanSetting.parse("s", value))
                .hasMessage("s '" + value + "' is neither 'true' nor 'false'; did you mean '" + meant + "'?");
    }

    @Test
    void parse_null_isRefusedByName() {
        assertThatThrownBy(() -> BooleanSetting.parse("s", null)).hasMessageContaining("s 'null' is neither");
    }
}
