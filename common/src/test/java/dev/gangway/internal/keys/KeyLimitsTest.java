package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLimitsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void brokenBy_defaultsWithKeysOfTwelveHours_nothing() {
        assertThat(KeyLimits.violations(TicketPolicy.DEFAULT, sealing("12h", "6h"), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1s, true", "7d, true", "168h, true", "604801s, false", "0s, false", "1500ms, false", "8d, false"})
    void brokenBy_ticketLifetime_isKeptFromOneSecondToSevenDaysInWholeSeconds(String lifetime, boolean kept) {
        TicketPolicy policy = policy(lifetime, "1m", "10s");

        List<String> broken = KeyLimits.violations(policy, sealing("14d", "8d"), NOW);

        assertThat(broken.isEmpty()).isEqualTo(kept);
        assertThat(broken)
                .allSatisfy(sentence -> assertThat(sentence)
                        .startsWith("ticketLifetime " + Durations.format(Durations.parse("x", lifetime)))
                        .contains("RFC 8446 section 4.6.1"));
    }

    @Test
    void requireKeptBy_settings_areRefusedWithAllReasons() {
        KeyLimits.requireKeptBy(TicketPolicy.DEFAULT);

        assertThatThrownBy(() -> KeyLimits.requireKeptBy(policy("8d", "2h", "10s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ticketLifetime 8d")
                .hasMessageContaining("; clockSkew 2h");
    }

    @ParameterizedTest
    @CsvSource({"0s, true", "1h, true", "3601s, false"})
    void brokenBy_clockSkew_isKeptUpToOneHour(String skew, boolean kept) {
        assertThat(KeyLimits.violations(policy("6h", skew, "10s"), sealing("12h", "8h"), NOW)
                        .isEmpty())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"100ms, true", "1h, true", "99ms, false", "3601s, false"})
    void brokenBy_pollInterval_isKeptFromATenthOfASecondToOneHour(String interval, boolean kept) {
        assertThat(KeyLimits.violations(policy("6h", "1m", interval), sealing("12h", "8h"), NOW)
                        .isEmpty())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"6h, 6h, true", "6h, 21599s, false", "6h, 7h, true"})
    void brokenBy_room_isAtLeastTheTicketLifetime(String lifetime, String room, boolean kept) {
        TicketKey key = key(NOW, "12h", room);

        List<String> broken = KeyLimits.violations(policy(lifetime, "1m", "10s"), keyset(key), NOW);

        assertThat(broken.isEmpty()).isEqualTo(kept);
        assertThat(broken)
                .allSatisfy(sentence -> assertThat(sentence)
                        .contains("for which key " + key.name().shortForm() + " opens tickets")
                        .contains("shorten ticketLifetime"));
    }

    @ParameterizedTest
    @CsvSource({"6h, 6h, true", "21599s, 6h, false", "5h, 7h, true"})
    void brokenBy_ticketLifetime_isAtMostHalfOfTheLastKeysLife(String period, String room, boolean kept) {
        List<String> broken = KeyLimits.violations(policy("6h", "1m", "10s"), sealing(period, room), NOW);

        assertThat(broken.isEmpty()).isEqualTo(kept);
        assertThat(broken).allMatch(sentence -> sentence.contains("RFC 9325 section 3.4"));
    }

    @ParameterizedTest
    @CsvSource({"71s, true", "70s, false", "10s, false"})
    void brokenBy_period_isLongerThanAPollAndTheSkew(String period, boolean kept) {
        List<String> broken = KeyLimits.violations(policy("5s", "1m", "10s"), sealing(period, "5s"), NOW);

        assertThat(broken.isEmpty()).isEqualTo(kept);
        assertThat(broken).allMatch(sentence -> sentence.startsWith("pollInterval 10s"));
    }

    @Test
    void brokenBy_severalLimits_allAreNamedTogether() {
        List<String> broken = KeyLimits.violations(policy("8d", "2h", "2h"), sealing("1h", "1h"), NOW);

        assertThat(broken).hasSize(6);
        assertThat(broken.get(0)).startsWith("ticketLifetime 8d is outside 1s to 7d");
        assertThat(broken.get(1)).startsWith("clockSkew 2h");
        assertThat(broken.get(2)).startsWith("pollInterval 2h is outside");
        assertThat(broken.get(3)).startsWith("ticketLifetime 8d is longer than the 1h");
        assertThat(broken.get(4)).startsWith("ticketLifetime 8d is more than half of the 2h");
        assertThat(broken.get(5)).startsWith("pollInterval 2h and a clock skew of 2h");
    }

    @Test
    void brokenBy_keyThatHandsOverEarly_isMeasuredByTheLastKeyOnly() {
        TicketKey shortened = key(NOW.minus(Duration.ofMinutes(5)), "10m", "6h");
        TicketKey planned = key(NOW.plus(Duration.ofMinutes(5)), "12h", "6h");

        assertThat(KeyLimits.violations(TicketPolicy.DEFAULT, keyset(planned, shortened), NOW))
                .isEmpty();
    }

    @Test
    void brokenBy_retiredKey_isLeftInPeace() {
        TicketKey retired = key(NOW.minus(Duration.ofHours(12)), "12h", "5m");
        TicketKey planned = key(NOW, "12h", "6h");

        assertThat(KeyLimits.violations(TicketPolicy.DEFAULT, keyset(retired, planned), NOW))
                .isEmpty();
    }

    @Test
    void brokenBy_keysWithoutTimes_onlySettingsCount() throws Exception {
        Keyset ordered = OrderedKeyset.of(
                List.of(TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.random(32, RANDOM))));

        assertThat(KeyLimits.violations(TicketPolicy.DEFAULT, ordered, NOW)).isEmpty();
        assertThat(KeyLimits.violations(policy("8d", "1m", "10s"), ordered, NOW))
                .hasSize(1);
    }

    private static TicketPolicy policy(String lifetime, String skew, String poll) {
        return new TicketPolicy(
                Durations.parse("lifetime", lifetime), Durations.parse("skew", skew), Durations.parse("poll", poll));
    }

    private static Keyset sealing(String period, String room) {
        return keyset(key(NOW, period, room));
    }

    private static TicketKey key(Instant activateAt, String period, String room) {
        Instant retireAt = activateAt.plus(Durations.parse("period", period));
        KeyTimes times = new KeyTimes(activateAt, activateAt, retireAt, retireAt.plus(Durations.parse("room", room)));
        return TicketKey.random(times, RANDOM);
    }

    private static Keyset keyset(TicketKey... keys) {
        try {
            return ScheduledKeyset.of(Stream.of(keys).toList());
        } catch (WeakKeyException e) {
            throw new AssertionError(e);
        }
    }
}
