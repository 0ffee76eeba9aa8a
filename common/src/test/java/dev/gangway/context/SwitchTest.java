package dev.gangway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchTest {
    @Test
    void parse_trueOrFalse_isThat() {
        assertThat(Switch.parse("s", "true")).isTrue();
        assertThat(Switch.parse("s", "false")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes-please", "TRUE", "1", "ture", " true"})
    void parse_anythingElse_isRefusedByName(String value) {
        assertThatThrownBy(() -> Switch.parse("checkClientCertificates", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkClientCertificates '" + value + "' is neither 'true' nor 'false'");
    }
}
