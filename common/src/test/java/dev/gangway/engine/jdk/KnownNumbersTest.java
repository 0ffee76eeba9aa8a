package dev.gangway.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.engine.TicketSeal;
import dev.gangway.engine.jdk.KnownNumbers.Numbers;
import dev.gangway.keys.KeyName;
import dev.gangway.keys.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownNumbersTest {
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    // Seals in [T + 1 h, T + 13 h).
    private static final KeyTimes TIMES =
            new KeyTimes(T, T.plus(HOUR), T.plus(Duration.ofHours(13)), T.plus(Duration.ofHours(20)));
    private static final int BASE = 0x7fff_0000;
    private static final KeyName KEY = KeyName.parse("01".repeat(16));
    private static final KeyName OTHER_KEY = KeyName.parse("02".repeat(16));

    @Test
    void sealOf_numberOfAKnownKey_isTheKeyAndTheSecond() {
        KnownNumbers known = KnownNumbers.NONE.with(List.of(scheduled(KEY, BASE)));
        Instant sealedAt = T.plus(Duration.ofHours(2));

        assertThat(seal(known, BASE, sealedAt, sealedAt.plus(HOUR)))
                .contains(new TicketSeal(KEY, Optional.of(sealedAt)));
        assertThat(seal(known, 0x1000_0000, sealedAt, sealedAt.plus(HOUR))).isEmpty();
        assertThat(seal(KnownNumbers.NONE, BASE, sealedAt, sealedAt)).isEmpty();
    }

    @Test
    void sealOf_secondAtWhichTheKeyDidNotOpen_isNoneBeyondAnHour() {
        KnownNumbers known = KnownNumbers.NONE.with(List.of(scheduled(KEY, BASE)));
        Instant later = T.plus(Duration.ofDays(2));

        Instant start = TIMES.acceptFrom().minus(HOUR);
        assertThat(seal(known, BASE, start, later))
                .as("an hour before its time")
                .isPresent();
        assertThat(seal(known, BASE, start.minusSeconds(1), later)).isEmpty();
        Instant end = TIMES.destroyAt().plus(HOUR);
        assertThat(seal(known, BASE, end, later)).as("an hour after its time").isPresent();
        assertThat(seal(known, BASE, end.plusSeconds(1), later)).isEmpty();
    }

    @Test
    void sealOf_keyWhoseTimeIsStillToCome_isKnownWhateverAnotherNodeThinks() {
        KnownNumbers known = KnownNumbers.NONE.with(List.of(scheduled(KEY, BASE)));
        Instant now = TIMES.acceptFrom().minus(Duration.ofDays(3));

        assertThat(seal(known, BASE, now.minusSeconds(5), now)).isPresent();
        assertThat(seal(known, BASE, now.minus(Duration.ofDays(8)), now)).isEmpty();
    }

    @Test
    void sealOf_ticketOfTheFirstSecond_isKnownAlthoughItsSecondBeganBefore() {
        Instant acceptFrom = T.plusMillis(700);
        Numbers numbers =
                new Numbers(KEY, BASE, Optional.of(new KeyTimes(acceptFrom, acceptFrom, T.plus(HOUR), T.plus(HOUR))));
        Instant sealedAt = acceptFrom.minus(HOUR);

        assertThat(seal(KnownNumbers.NONE.with(List.of(numbers)), BASE, sealedAt, T.plusSeconds(1)))
                .isPresent();
    }

    @Test
    void sealOf_keyWithoutTimes_isKnownForAWeek() {
        KnownNumbers known = KnownNumbers.NONE.with(List.of(new Numbers(KEY, BASE, Optional.empty())));
        Duration week = Duration.ofDays(7);

        assertThat(seal(known, BASE, T, T.plus(week))).isPresent();
        assertThat(seal(known, BASE, T.minusSeconds(1), T.plus(week))).isEmpty();
        assertThat(seal(known, BASE, T.plus(HOUR), T))
                .as("a clock that is ahead")
                .isPresent();
        assertThat(seal(known, BASE, T.plus(HOUR).plusSeconds(1), T)).isEmpty();
    }

    @Test
    void sealOf_twoKeysThatFit_isTheOneOfTheNewerRing() {
        KnownNumbers known =
                KnownNumbers.NONE.with(List.of(scheduled(KEY, BASE))).with(List.of(scheduled(OTHER_KEY, BASE + 1)));
        Instant sealedAt = T.plus(Duration.ofHours(2));

        assertThat(seal(known, BASE, sealedAt, sealedAt).orElseThrow().key()).isEqualTo(OTHER_KEY);
    }

    @Test
    void with_theSameKeyAtOtherTimes_knowsTheNewTimesOnly() {
        KeyTimes later = new KeyTimes(
                TIMES.acceptFrom().plus(Duration.ofDays(1)),
                TIMES.activateAt().plus(Duration.ofDays(1)),
                TIMES.retireAt().plus(Duration.ofDays(1)),
                TIMES.destroyAt().plus(Duration.ofDays(1)));
        KnownNumbers known = KnownNumbers.NONE
                .with(List.of(scheduled(KEY, BASE)))
                .with(List.of(new Numbers(KEY, BASE, Optional.of(later))));
        Instant sealedAt = T.plus(Duration.ofHours(2));

        Instant now = sealedAt.plus(Duration.ofDays(1));
        assertThat(seal(known, BASE, sealedAt, now)).isEmpty();
        assertThat(seal(known, BASE, now, now)).isPresent();
    }

    @Test
    void with_manyKeys_forgetsTheOldest() {
        KnownNumbers known = KnownNumbers.NONE;
        for (int i = 0; i < 100; i++) {
            known = known.with(List.of(scheduled(KEY, i << 23)));
        }
        Instant sealedAt = T.plus(Duration.ofHours(2));

        assertThat(seal(known, 99 << 23, sealedAt, sealedAt)).isPresent();
        assertThat(seal(known, 84 << 23, sealedAt, sealedAt))
                .as("one of the last 16")
                .isPresent();
        assertThat(seal(known, 83 << 23, sealedAt, sealedAt)).as("older").isEmpty();
    }

    private static Numbers scheduled(KeyName key, int base) {
        return new Numbers(key, base, Optional.of(TIMES));
    }

    private static Optional<TicketSeal> seal(KnownNumbers known, int base, Instant sealedAt, Instant now) {
        return known.sealOf(KeyNumber.of(base, sealedAt), now);
    }
}
