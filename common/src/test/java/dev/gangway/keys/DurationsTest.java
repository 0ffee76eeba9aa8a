package dev.gangway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "90s, PT90S",
        "30m, PT30M",
        "12h, PT12H",
        "7d, PT168H",
        "0s, PT0S",
        "0, PT0S",
        "999999999s, PT999999999S",
        "' 12H ', PT12H",
        "PT12H, PT12H",
        "' PT1M30S ', PT90S",
        "-PT1S, PT-1S",
    })
    void parse_shortFormOrIso_isThatLong(String text, Duration expected) {
        assertThat(Durations.parse("period", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "h", "1.5h", "-1s", "1 h", "2w", "1234567890s", "1h30m", "PT"})
    void parse_anythingElse_isRefusedWithSettingAndValue(String text) {
        assertThatThrownBy(() -> Durations.parse("period", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("period '" + text + "' is not a duration; write it like 30m, 12h, 7d or PT12H");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.001S, 1ms",
        "PT0.5S, 500ms",
        "PT1.5S, 1500ms",
        "PT1S, 1s",
        "PT90S, 90s",
        "PT60S, 1m",
        "PT61M, 61m",
        "PT60M, 1h",
        "PT23H, 23h",
        "PT25H, 25h",
        "PT24H, 1d",
        "PT720H, 30d",
        "PT0.0001S, PT0.0001S",
        "PT1.0000001S, PT1.0000001S",
    })
    void format_duration_isInTheLargestUnitWithoutAFractionAndReadsBack(Duration duration, String expected) {
        assertThat(Durations.format(duration)).isEqualTo(expected);
        assertThat(Durations.parse("period", expected)).isEqualTo(duration);
    }
}
