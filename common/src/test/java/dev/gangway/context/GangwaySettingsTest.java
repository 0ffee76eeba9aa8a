package dev.gangway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.context.Gangway.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may have written, value by value: it is refused by name, before anything is read or started. */
class GangwaySettingsTest {
    private static final Settings GOOD = new Settings("file:/nonexistent", "jdk", "6h", "10s");

    @Test
    void requireValid_goodSettings_readsNoFile() {
        assertThatCode(GOOD::requireValid).doesNotThrowAnyException();
        assertThatCode(new Settings("random:", "conscrypt", "PT1H", "100ms")::requireValid)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "Conscrypt|engine 'Conscrypt' is unknown; there are: jdk, conscrypt; did you mean 'conscrypt'?",
                "JDK|engine 'JDK' is unknown; there are: jdk, conscrypt; did you mean 'jdk'?",
                "' jdk'|engine ' jdk' is unknown; there are: jdk, conscrypt; did you mean 'jdk'?",
                "opensll|engine 'opensll' is unknown; there are: jdk, conscrypt",
                "''|engine '' is unknown; there are: jdk, conscrypt",
                "null|engine 'null' is unknown; there are: jdk, conscrypt",
            })
    void requireValid_engine_isRefusedWithTheNearest(String engine, String message) {
        assertRefused(new Settings(GOOD.keys(), engine, "6h", "10s"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "0|ticketLifetime 0s is outside 1s to 7d",
                "-1h|ticketLifetime -1h is outside 1s to 7d",
                "999ms|ticketLifetime 999ms is outside 1s to 7d",
                "1500ms|ticketLifetime 1500ms is not a whole number of seconds",
                "8d|ticketLifetime 8d is outside 1s to 7d",
                "999999999d|ticketLifetime '999999999d' is longer than the 36500d",
                "99999999999999999999d|ticketLifetime '99999999999999999999d' is not a duration",
                "10|ticketLifetime '10' is not a duration; write it like 30m, 12h, 7d or PT12H; did you mean '10s'?",
                "1h30m|did you mean '90m'?",
                "''|ticketLifetime '' is not a duration",
                "null|ticketLifetime is null",
            })
    void requireValid_ticketLifetime_isRefusedWithItsLimitsOrTheNearest(String lifetime, String message) {
        for (String keys : new String[] {"random:", "derived:/nonexistent", "file:/nonexistent"}) {
            assertRefused(new Settings(keys, "jdk", lifetime, "10s"), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "0|pollInterval 0s is outside 100ms to 1h; use a value such as 10s",
                "-10s|pollInterval -10s is outside 100ms to 1h",
                "2h|pollInterval 2h is outside 100ms to 1h",
                "10|pollInterval '10' is not a duration; write it like 30m, 12h, 7d or PT12H; did you mean '10s'?",
                "10 s|did you mean '10s'?",
                "PT2562047788015215H|pollInterval 'PT2562047788015215H' is longer than the 36500d",
                "null|pollInterval is null",
            })
    void requireValid_pollInterval_isRefusedWithItsLimitsOrTheNearest(String pollInterval, String message) {
        assertRefused(new Settings(GOOD.keys(), "jdk", "6h", pollInterval), message);
    }

    @Test
    void requireValid_bothDurationsOutside_saysBothAtOnce() {
        assertThatThrownBy(new Settings("random:", "jdk", "0", "0")::requireValid)
                .hasMessageContaining("ticketLifetime 0s is outside")
                .hasMessageContaining("; pollInterval 0s is outside");
    }

    @Test
    void requireValid_keys_areRefusedWithTheNearest() {
        assertRefused(new Settings(null, "jdk", "6h", "10s"), "keys is null");
        assertRefused(new Settings("", "jdk", "6h", "10s"), "keys '' is not understood");
        assertRefused(new Settings("fil:/a", "jdk", "6h", "10s"), "did you mean 'file:'?");
    }

    private static void assertRefused(Settings settings, String message) {
        assertThatThrownBy(settings::requireValid)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Gangway.start(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(message));
    }
}
