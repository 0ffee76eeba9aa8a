package dev.gangway.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.TicketSettings;
import dev.gangway.testing.FixedKeySource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values of each setting are refused by name, before anything is read or started. */
class SettingsTextTest {
    private static final SettingsText GOOD =
            new SettingsText("file:/nonexistent", null, "jdk", "6h", "10s", "", "true");

    @Test
    void parse_goodSettings_readsNoFile() {
        assertThatCode(() -> require(GOOD)).doesNotThrowAnyException();
        assertThatCode(() -> require(new SettingsText("random:", null, "conscrypt", "PT1H", "100ms", "", "true")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "Conscrypt|engine 'Conscrypt' is unknown; the engines are: jdk, conscrypt; did you mean 'conscrypt'?",
                "JDK|engine 'JDK' is unknown; the engines are: jdk, conscrypt; did you mean 'jdk'?",
                "' jdk'|engine ' jdk' is unknown; the engines are: jdk, conscrypt; did you mean 'jdk'?",
                "opensll|engine 'opensll' is unknown; the engines are: jdk, conscrypt",
                "''|engine '' is unknown; the engines are: jdk, conscrypt",
                "null|engine 'null' is unknown; the engines are: jdk, conscrypt",
            })
    void parse_engine_isRefusedWithTheNearest(String engine, String message) {
        assertRefused(new SettingsText(GOOD.keys(), null, engine, "6h", "10s", "", "true"), message);
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
    void parse_ticketLifetime_isRefusedWithItsLimitsOrTheNearest(String lifetime, String message) {
        for (String keys : new String[] {"random:", "derived:/nonexistent", "file:/nonexistent"}) {
            assertRefused(new SettingsText(keys, null, "jdk", lifetime, "10s", "", "true"), message);
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
    void parse_pollInterval_isRefusedWithItsLimitsOrTheNearest(String pollInterval, String message) {
        assertRefused(new SettingsText(GOOD.keys(), null, "jdk", "6h", pollInterval, "", "true"), message);
    }

    @Test
    void parse_bothDurationsOutside_saysBothAtOnce() {
        assertThatThrownBy(() -> require(new SettingsText("random:", null, "jdk", "0", "0", "", "true")))
                .hasMessageContaining("ticketLifetime 0s is outside")
                .hasMessageContaining("; pollInterval 0s is outside");
    }

    @Test
    void parse_keys_areRefusedWithTheNearest() {
        assertThatThrownBy(() -> require(SettingsText.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'keys' is not set on Test: set the key source, such as file:/etc/gangway/keys");
        assertRefused(new SettingsText("", null, "jdk", "6h", "10s", "", "true"), "keys '' is not understood");
        assertRefused(new SettingsText("fil:/a", null, "jdk", "6h", "10s", "", "true"), "did you mean 'file:'?");
    }

    @Test
    void parse_keysAndKeySource_isRefused() {
        assertThatThrownBy(() -> require(GOOD.withKeySource(new FixedKeySource("test", new byte[80]))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("both 'keys' and 'keySource' are set on Test");
    }

    @Test
    void of_anySettings_isReadBackAsTheSame() {
        TicketSettings settings = TicketSettings.ofKeys("file:/nonexistent")
                .withEngine("conscrypt")
                .withTicketLifetime(Duration.ofMinutes(90))
                .withPollInterval(Duration.ofMillis(1500))
                .withScope("shop")
                .withCheckClientCertificates(false);
        assertThat(SettingsText.of(settings).parse("Test")).isEqualTo(settings);
        TicketSettings own = TicketSettings.ofKeys(new FixedKeySource("test", new byte[80]));
        assertThat(SettingsText.of(own).parse("Test")).isEqualTo(own);
    }

    private static void require(SettingsText text) {
        SettingsCheck.require(text.parse("Test"));
    }

    private static void assertRefused(SettingsText settings, String message) {
        assertThatThrownBy(() -> require(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> TicketService.start(settings.parse("Test")))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(message));
    }
}
