package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.hkdf.HKDF;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochKeysTest {
    private static final byte[] SECRET = "a master secret of no great value".getBytes(StandardCharsets.US_ASCII);
    private static final SecretBytes MASTER = SecretBytes.copyOf(SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"1s", "90s", "12h", "30d"})
    void of_wholeSecondsFromOneSecondToThirtyDays_isTaken(String period) {
        Duration each = Durations.parse("period", period);

        EpochKeys epochs = EpochKeys.of(each, TicketPolicy.DEFAULT);

        assertThat(epochs.epochAt(Instant.EPOCH.plus(each).minusNanos(1))).isZero();
        assertThat(epochs.epochAt(Instant.EPOCH.plus(each))).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999ms", "1500ms", "2592001s", "31d"})
    void of_anyOtherPeriod_isRefusedWithItsValueAndLimits(String period) {
        Duration each = Durations.parse("period", period);

        assertThatThrownBy(() -> EpochKeys.of(each, TicketPolicy.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("period " + period + " is not a whole number of seconds from 1s to 30d");
    }

    @Test
    void epochAt_beforeTheEpoch_countsDownwards() {
        EpochKeys epochs = epochs("1h", "30m", "0s");

        assertThat(epochs.epochAt(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
        assertThat(epochs.epochAt(Instant.EPOCH.minusSeconds(3600))).isEqualTo(-1);
        assertThat(epochs.epochAt(Instant.EPOCH.minusSeconds(3601))).isEqualTo(-2);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s, 10", "1s, 0s, 9", "59m, 1m, 9", "59m, 61s, 8", "60m, 60m, 8", "60m, 61m, 8", "6h, 1m, 8"})
    void keysFor_ticketLifetimeAndSkew_startsWithTheFirstKeyWhoseTicketsMayLive(
            String lifetime, String skew, long firstEpoch) {
        List<TicketKey> keys = epochs("1h", lifetime, skew).keysFor(10, MASTER);

        assertThat(keys)
                .extracting(key -> times(key).activateAt().getEpochSecond() / 3600)
                .first()
                .isEqualTo(firstEpoch);
        assertThat(keys)
                .extracting(key -> times(key).activateAt().getEpochSecond() / 3600)
                .last()
                .isEqualTo(12L);
        assertThat(keys).hasSize((int) (13 - firstEpoch));
    }

    @Test
    void keysFor_eachKey_isAnnouncedOneEpochAheadAndOpensUntilItsTicketsHaveDied() {
        TicketKey key = epochs("1h", "30m", "1m").keysFor(10, MASTER).get(1);

        Instant start = Instant.ofEpochSecond(10 * 3600);
        assertThat(times(key))
                .isEqualTo(new KeyTimes(
                        start.minusSeconds(3600),
                        start,
                        start.plusSeconds(3600),
                        start.plusSeconds(3600 + 30 * 60 + 60)));
    }

    @Test
    void keysFor_nameAndSecret_areHkdfOfMasterPeriodAndEpoch() {
        TicketKey key = epochs("1h", "30m", "1m").keysFor(10, MASTER).get(1);

        assertThat(key.name().toByteArray()).isEqualTo(derived("3600\00010\0name", 16));
        assertThat(key.secret().copy()).isEqualTo(derived("3600\00010\0secret", 32));
    }

    @Test
    void keysFor_epochsThatFollow_shareTheirKeys() {
        EpochKeys epochs = epochs("1h", "30m", "1m");

        assertThat(epochs.keysFor(11, MASTER).subList(0, 3))
                .extracting(TicketKey::name)
                .isEqualTo(epochs.keysFor(10, MASTER).subList(1, 4).stream()
                        .map(TicketKey::name)
                        .toList());
    }

    private static byte[] derived(String info, int length) {
        return HKDF.fromHmacSha256()
                .extractAndExpand(
                        "gangway/1 epoch".getBytes(StandardCharsets.US_ASCII),
                        SECRET,
                        info.getBytes(StandardCharsets.US_ASCII),
                        length);
    }

    private static EpochKeys epochs(String period, String lifetime, String skew) {
        TicketPolicy policy = new TicketPolicy(
                Durations.parse("lifetime", lifetime), Durations.parse("skew", skew), Duration.ofSeconds(10));
        return EpochKeys.of(Durations.parse("period", period), policy);
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
