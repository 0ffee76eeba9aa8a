package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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
        "-1s, PT-1S",
        "1234567890s, PT1234567890S",
        "36500d, PT876000H",
    })
    void parse_shortFormOrIso_isThatLong(String text, Duration expected) {
        assertThat(Durations.parse("period", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "1.5h", "2w", "PT", "soon", "3 months", "1h30", "111111111111111111111111111111!"})
    void parse_anythingElse_isRefusedWithSettingAndValue(String text) {
        assertThatThrownBy(() -> Durations.parse("period", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("period '" + text + "' is not a duration; write it like 30m, 12h, 7d or PT12H");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10s",
        "3600, 1h",
        "10 s, 10s",
        "' 10 sec ', 10s",
        "5 Minutes, 5m",
        "1h30m, 90m",
        "1d 12h, 36h",
        "6hours, 6h",
        "500millis, 500ms",
        "500 msec, 500ms",
    })
    void parse_almostADuration_isRefusedWithTheOneThatIsMeant(String text, String meant) {
        assertThatThrownBy(() -> Durations.parse("period", text))
                .hasMessage("period '" + text
                        + "' is not a duration; write it like 30m, 12h, 7d or PT12H; did you mean '" + meant + "'?");
        assertThat(Durations.parse("period", meant)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "36501d",
                "999999999999999999d",
                "999999999999999999s",
                "-36501d",
                "PT2562047788015215H",
                "P1000000000D"
            })
    void parse_longerThanAnythingCanBe_isRefusedWithTheLimit(String text) {
        assertThatThrownBy(() -> Durations.parse("period", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("period '" + text
                        + "' is longer than the 36500d that a duration can have; use a shorter duration");
    }

    @Test
    void parse_null_isRefusedWithTheSetting() {
        assertThatThrownBy(() -> Durations.parse("period", null)).hasMessageContaining("period is null");
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
