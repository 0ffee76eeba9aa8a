package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The ring depends only on the keys and the instant, even with gaps, overlaps and unused keys. */
class RingPropertiesTest {
    private static final Instant T0 = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HORIZON = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Property(tries = 5_000)
    void ringAt_anySchedule_holdsExactlyTheKeysThatOpenThen(
            @ForAll("schedules") @Size(min = 1, max = 8) List<KeyTimes> schedule,
            @ForAll @LongRange(min = -10, max = HORIZON + 10) long second)
            throws Exception {
        Instant now = T0.plusSeconds(second);
        ScheduledKeyset keyset = keyset(schedule);

        KeyRing ring = keyset.ringAt(now);

        assertThat(ring.accepted())
                .containsExactlyInAnyOrderElementsOf(keyset.keys().stream()
                        .filter(key -> times(key).opensAt(now))
                        .toList());
    }

    @Property(tries = 5_000)
    void ringAt_anySchedule_hasAnActiveKeyWheneverOneMaySealAndItIsTheLatest(
            @ForAll("schedules") @Size(min = 1, max = 8) List<KeyTimes> schedule,
            @ForAll @LongRange(min = -10, max = HORIZON + 10) long second)
            throws Exception {
        Instant now = T0.plusSeconds(second);
        ScheduledKeyset keyset = keyset(schedule);
        List<TicketKey> candidates =
                keyset.keys().stream().filter(key -> times(key).sealsAt(now)).toList();

        Optional<TicketKey> active = keyset.ringAt(now).active();

        assertThat(active.isPresent()).isEqualTo(!candidates.isEmpty());
        if (active.isPresent()) {
            assertThat(candidates).contains(active.get());
            assertThat(times(active.get()).activateAt())
                    .isEqualTo(candidates.stream()
                            .map(key -> times(key).activateAt())
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
            assertThat(keyset.ringAt(now).acceptOnly()).doesNotContain(active.get());
            assertThat(keyset.ringAt(now).sealingAt(now)).isEqualTo(active);
        }
    }

    @Property(tries = 2_000)
    void ringAt_askedInAnyOrder_givesTheSameRingForTheSameInstant(
            @ForAll("schedules") @Size(min = 1, max = 8) List<KeyTimes> schedule,
            @ForAll @Size(min = 2, max = 20) List<@LongRange(min = -10, max = HORIZON + 10) Long> seconds)
            throws Exception {
        ScheduledKeyset keyset = keyset(schedule);
        List<KeyRing> forward =
                seconds.stream().map(s -> keyset.ringAt(T0.plusSeconds(s))).toList();

        for (int i = seconds.size() - 1; i >= 0; i--) {
            KeyRing again = keyset.ringAt(T0.plusSeconds(seconds.get(i)));
            assertThat(again.sameAs(forward.get(i))).isTrue();
            assertThat(again.digest()).isEqualTo(forward.get(i).digest());
        }
    }

    @Property(tries = 5_000)
    void ringAt_anyOrderOfTheKeysInTheFile_hasTheSameActiveKeyAndDigest(
            @ForAll("schedules") @Size(min = 2, max = 8) List<KeyTimes> schedule,
            @ForAll @LongRange(min = -10, max = HORIZON + 10) long second)
            throws Exception {
        Instant now = T0.plusSeconds(second);
        ScheduledKeyset keyset = keyset(schedule);
        List<TicketKey> reversed = new ArrayList<>(keyset.keys());
        Collections.reverse(reversed);

        KeyRing other = ScheduledKeyset.of(reversed).ringAt(now);

        assertThat(other.active()).isEqualTo(keyset.ringAt(now).active());
        assertThat(other.digest()).isEqualTo(keyset.ringAt(now).digest());
    }

    @Property(tries = 5_000)
    void nextChange_anySchedule_isTheEndOfTheTimeInWhichNothingChanges(
            @ForAll("schedules") @Size(min = 1, max = 8) List<KeyTimes> schedule,
            @ForAll @LongRange(min = -10, max = HORIZON + 10) long second,
            @ForAll @LongRange(min = 0, max = HORIZON) long later)
            throws Exception {
        Instant now = T0.plusSeconds(second);
        ScheduledKeyset keyset = keyset(schedule);

        Optional<Instant> next = keyset.nextChangeAfter(now);

        assertThat(next.filter(instant -> !instant.isAfter(now))).isEmpty();
        Instant until = next.orElse(now.plusSeconds(HORIZON + 1));
        Instant between = now.plusSeconds(later);
        if (between.isBefore(until)) {
            assertThat(keyset.ringAt(between).sameAs(keyset.ringAt(now))).isTrue();
        }
        assertThat(keyset.ringAt(until.minusNanos(1)).sameAs(keyset.ringAt(now)))
                .isTrue();
    }

    @Property(tries = 2_000)
    void ringAt_keyDestroyed_isNotInItWhateverTheClockSays(
            @ForAll("schedules") @Size(min = 1, max = 8) List<KeyTimes> schedule,
            @ForAll @LongRange(min = -10, max = HORIZON + 10) long second,
            @ForAll @IntRange(min = 0, max = 7) int dead)
            throws Exception {
        ScheduledKeyset keyset = keyset(schedule);
        TicketKey victim = keyset.keys().get(dead % schedule.size());

        victim.secret().destroy();

        KeyRing ring = keyset.ringAt(T0.plusSeconds(second));
        assertThat(ring.accepted()).doesNotContain(victim);
        assertThat(ring.active().isPresent())
                .isEqualTo(keyset.keys().stream()
                        .anyMatch(key -> key != victim && times(key).sealsAt(T0.plusSeconds(second))));
    }

    @Provide
    Arbitrary<List<KeyTimes>> schedules() {
        Arbitrary<Integer> gap = Arbitraries.integers().between(0, HORIZON / 3);
        Arbitrary<KeyTimes> times = Combinators.combine(gap, gap, gap.filter(g -> g > 0), gap)
                .as((acceptFrom, notice, period, room) -> new KeyTimes(
                        T0.plusSeconds(acceptFrom),
                        T0.plusSeconds(acceptFrom + notice),
                        T0.plusSeconds(acceptFrom + notice + period),
                        T0.plusSeconds(acceptFrom + notice + period + room)));
        return times.list().ofMinSize(1).ofMaxSize(8);
    }

    private static ScheduledKeyset keyset(List<KeyTimes> schedule) throws WeakKeyException {
        return ScheduledKeyset.of(
                schedule.stream().map(times -> TicketKey.random(times, RANDOM)).toList());
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
