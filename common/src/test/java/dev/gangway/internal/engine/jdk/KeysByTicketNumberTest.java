package dev.gangway.internal.engine.jdk;

import static dev.gangway.internal.engine.jdk.TicketNumbersTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.engine.jdk.KeysByTicketNumber.Found;
import dev.gangway.internal.engine.jdk.KeysByTicketNumber.KnownKey;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysByTicketNumberTest {
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);
    // Seals in [T + 1 h, T + 13 h).
    private static final KeyTimes TIMES =
            new KeyTimes(T, T.plus(HOUR), T.plus(Duration.ofHours(13)), T.plus(Duration.ofHours(20)));
    private static final TicketNumbers NUMBERS = numbers((byte) 1);
    private static final KeyName KEY = KeyName.parse("01".repeat(16));
    private static final KeyName OTHER_KEY = KeyName.parse("02".repeat(16));

    @Test
    void find_numberOfAKnownKey_isTheKeyAndWhatItSays() {
        KeysByTicketNumber known = KeysByTicketNumber.NONE.with(List.of(scheduled(KEY, NUMBERS)));
        Instant end = T.plus(Duration.ofHours(8));

        assertThat(find(known, NUMBERS, end, T.plus(Duration.ofHours(3))))
                .contains(new Found(KEY, new Meaning(end.getEpochSecond(), false)));
        assertThat(find(known, numbers((byte) 2), end, T.plus(Duration.ofHours(3))))
                .isEmpty();
        assertThat(find(KeysByTicketNumber.NONE, NUMBERS, end, T)).isEmpty();
    }

    @Test
    void find_endThatNoTicketOfTheKeyCanHave_isNone() {
        KeysByTicketNumber known = KeysByTicketNumber.NONE.with(List.of(scheduled(KEY, NUMBERS)));
        Instant later = T.plus(Duration.ofDays(2));

        Instant first = TIMES.acceptFrom().minus(HOUR);
        assertThat(find(known, NUMBERS, first, later)).isPresent();
        assertThat(find(known, NUMBERS, first.minusSeconds(1), later)).isEmpty();
        Instant last = TIMES.destroyAt().plus(HOUR);
        assertThat(find(known, NUMBERS, last, later)).isPresent();
        assertThat(find(known, NUMBERS, last.plusSeconds(1), later)).isEmpty();
    }

    @Test
    void find_keyWhoseTimeIsStillToCome_isKnownWhateverAnotherNodeThinks() {
        KeysByTicketNumber known = KeysByTicketNumber.NONE.with(List.of(scheduled(KEY, NUMBERS)));
        Instant now = TIMES.acceptFrom().minus(Duration.ofDays(3));

        assertThat(find(known, NUMBERS, now.minusSeconds(5), now)).isPresent();
        assertThat(find(known, NUMBERS, now.minus(Duration.ofDays(8)), now)).isEmpty();
    }

    @Test
    void find_keyWithoutTimes_isKnownForAWeekBeforeAndAfter() {
        KeysByTicketNumber known = KeysByTicketNumber.NONE.with(List.of(new KnownKey(KEY, NUMBERS, Optional.empty())));

        assertThat(find(known, NUMBERS, T, T.plus(WEEK))).isPresent();
        assertThat(find(known, NUMBERS, T.minusSeconds(1), T.plus(WEEK))).isEmpty();
        assertThat(find(known, NUMBERS, T.plus(WEEK).plus(HOUR), T)).isPresent();
        assertThat(find(known, NUMBERS, T.plus(WEEK).plus(HOUR).plusSeconds(1), T))
                .isEmpty();
    }

    @Test
    void with_theSameKeyAtOtherTimes_knowsTheNewTimesOnly() {
        Duration more = Duration.ofDays(30);
        KeyTimes later = new KeyTimes(
                TIMES.acceptFrom().plus(more),
                TIMES.activateAt().plus(more),
                TIMES.retireAt().plus(more),
                TIMES.destroyAt().plus(more));
        KeysByTicketNumber known = KeysByTicketNumber.NONE
                .with(List.of(scheduled(KEY, NUMBERS)))
                .with(List.of(new KnownKey(KEY, NUMBERS, Optional.of(later))));
        Instant now = T.plus(more).plus(HOUR);

        assertThat(find(known, NUMBERS, T.plus(HOUR), now)).isEmpty();
        assertThat(find(known, NUMBERS, now, now)).isPresent();
    }

    @Test
    void with_manyKeys_forgetsTheOldest() {
        KeysByTicketNumber known = KeysByTicketNumber.NONE;
        for (int i = 0; i < 100; i++) {
            known = known.with(List.of(scheduled(i == 83 ? OTHER_KEY : KEY, numbers((byte) i))));
        }
        Instant end = T.plus(Duration.ofHours(8));
        Instant now = T.plus(Duration.ofHours(3));

        assertThat(find(known, numbers((byte) 99), end, now)).isPresent();
        assertThat(find(known, numbers((byte) 84), end, now))
                .as("one of the last 16")
                .isPresent();
        assertThat(find(known, numbers((byte) 83), end, now).map(Found::key))
                .as("older")
                .isNotEqualTo(Optional.of(OTHER_KEY));
    }

    private static KnownKey scheduled(KeyName key, TicketNumbers numbers) {
        return new KnownKey(key, numbers, Optional.of(TIMES));
    }

    private static Optional<Found> find(KeysByTicketNumber known, TicketNumbers numbers, Instant end, Instant now) {
        return known.find(numbers.numberOf(new Meaning(end.getEpochSecond(), false)), now);
    }
}
