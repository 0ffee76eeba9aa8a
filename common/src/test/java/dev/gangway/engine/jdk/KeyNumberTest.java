package dev.gangway.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class KeyNumberTest {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration LIFETIME = Duration.ofDays(7);

    @Property
    void number_youngerThanItsLifetime_isLiveWhateverTheBaseAndTheTime(
            @ForAll int base,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long sealedAt,
            @ForAll @IntRange(max = 7 * 86_400 - 1) int age) {
        assertThat(live(base, sealedAt, age)).isTrue();
    }

    @Property
    void number_agedItsLifetimeOrMore_isDeadForSixWeeks(
            @ForAll int base,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long sealedAt,
            @ForAll @IntRange(min = 7 * 86_400, max = (1 << 22) - 61) int age) {
        assertThat(live(base, sealedAt, age)).isFalse();
    }

    @Property
    void number_fromAheadOfTheClock_isLiveWithinTheSkewOnly(
            @ForAll int base,
            @ForAll @LongRange(min = 10_000, max = 8_000_000_000L) long sealedAt,
            @ForAll @IntRange(min = 1, max = 120) int lead) {
        assertThat(live(base, sealedAt, -lead)).isEqualTo(lead <= SKEW.toSeconds());
    }

    @Property
    void number_ofAnotherKey_isNotTakenForOurs(@ForAll int base, @ForAll int otherNumber) {
        Instant now = Instant.ofEpochSecond(1_800_000_000L);
        boolean near = Integer.toUnsignedLong(otherNumber - base) < (1 << 22);

        assertThat(KeyNumber.isLive(otherNumber, base, now, LIFETIME, SKEW)).isIn(near, false);
    }

    @Property
    void sealedAt_withinSevenWeeks_isTheSecondWhateverTheBaseAndTheTime(
            @ForAll int base,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long sealedAt,
            @ForAll @IntRange(min = -60, max = (1 << 22) - 61) int age) {
        assertThat(sealedAt(base, sealedAt, age)).contains(Instant.ofEpochSecond(sealedAt));
    }

    @Test
    void sealedAt_aroundTheWrapOfItsSeconds_isTheSecond() {
        long wrap = 400L << 22;
        for (long sealedAt = wrap - 3; sealedAt <= wrap + 3; sealedAt++) {
            for (int age : new int[] {-60, -1, 0, 1, 3, 6, 86_400}) {
                assertThat(sealedAt(-1, sealedAt, age)).contains(Instant.ofEpochSecond(sealedAt));
            }
        }
    }

    @Test
    void sealedAt_furtherAheadThanTheSkew_isTakenForOneWrapEarlier() {
        assertThat(sealedAt(0, 2_000_000_000L, -61)).contains(Instant.ofEpochSecond(2_000_000_000L - (1 << 22)));
    }

    @Test
    void sealedAt_numberBesideTheKeysOwn_isNone() {
        Instant now = Instant.ofEpochSecond(2_000_000_000L);

        assertThat(KeyNumber.sealedAt(4_999, 5_000, now, SKEW)).isEmpty();
        assertThat(KeyNumber.sealedAt(5_000, 5_000, now, SKEW)).isPresent();
        assertThat(KeyNumber.sealedAt(5_000 + (1 << 22) - 1, 5_000, now, SKEW)).isPresent();
        assertThat(KeyNumber.sealedAt(5_000 + (1 << 22), 5_000, now, SKEW)).isEmpty();
    }

    private static Optional<Instant> sealedAt(int base, long sealedAt, int age) {
        int number = KeyNumber.of(base, Instant.ofEpochSecond(sealedAt));
        OptionalLong second = KeyNumber.sealedAt(number, base, Instant.ofEpochSecond(sealedAt + age), SKEW);
        return second.isPresent() ? Optional.of(Instant.ofEpochSecond(second.getAsLong())) : Optional.empty();
    }

    private static boolean live(int base, long sealedAt, int age) {
        int number = KeyNumber.of(base, Instant.ofEpochSecond(sealedAt));
        return KeyNumber.isLive(number, base, Instant.ofEpochSecond(sealedAt + age), LIFETIME, SKEW);
    }
}
