package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRotationTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;

    @Test
    void first_newFleet_hasOneKeySealingAndTheNextAnnounced() {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);

        assertThat(keys).hasSize(2);
        assertThat(times(keys.get(0)).sealsAt(START)).isTrue();
        assertThat(times(keys.get(1)).opensAt(START)).isTrue();
        assertThat(times(keys.get(1)).activateAt()).isEqualTo(times(keys.get(0)).retireAt());
        assertThat(times(keys.get(0)).decryptOnlyPeriod())
                .isEqualTo(ROTATION.ticketLifetime().plus(ROTATION.skew()));
    }

    @Test
    void upToNext_calledAgain_changesNothing() {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);

        assertThat(ROTATION.withNextKey(keys, START.plusSeconds(3600), RANDOM)).isEqualTo(keys);
    }

    @Property(tries = 300)
    void upToNext_calledAtAnyTimesWithinAPeriod_alwaysHasASealingKeyAndKeepsEveryLiveOne(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 12 * 3600) Integer> steps) throws Exception {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Instant now = START;
        for (int step : steps) {
            Instant before = now;
            now = now.plusSeconds(step);
            assertThat(ScheduledKeyset.of(keys).ringAt(now).active()).isPresent();
            List<TicketKey> next = ROTATION.withNextKey(keys, now, RANDOM);
            for (TicketKey key : keys) {
                assertThat(next.contains(key)).isEqualTo(times(key).destroyAt().isAfter(now));
            }
            for (TicketKey key : next) {
                assertThat(keys.contains(key) || times(key).activateAt().isAfter(now))
                        .as("a new key is announced before it seals, at %s after %s", now, before)
                        .isTrue();
            }
            keys = next;
        }
    }

    @Property(tries = 300)
    void handOver_atAnyTimes_neverLeavesAGapAndNeverShortensATicket(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 6 * 3600) Integer> steps) throws Exception {
        Duration lead = Duration.ofSeconds(30);
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Instant now = START;
        for (int step : steps) {
            now = now.plusSeconds(step);
            TicketKey sealing = ScheduledKeyset.of(keys).ringAt(now).active().orElseThrow();
            Instant planned = times(sealing).retireAt();
            Instant switchAt = planned.isBefore(now.plus(lead)) ? planned : now.plus(lead);
            keys = ROTATION.withImmediateKey(keys, now, now.plus(lead), RANDOM);
            ScheduledKeyset keyset = ScheduledKeyset.of(keys);
            TicketKey stillSealing =
                    keyset.ringAt(switchAt.minusMillis(1)).active().orElseThrow();
            TicketKey nowSealing = keyset.ringAt(switchAt).active().orElseThrow();
            assertThat(stillSealing.name()).isEqualTo(sealing.name());
            assertThat(nowSealing.name()).isNotEqualTo(sealing.name());
            assertThat(times(nowSealing).acceptFrom()).isBeforeOrEqualTo(now);
            assertThat(times(stillSealing).decryptOnlyPeriod()).isGreaterThanOrEqualTo(ROTATION.ticketLifetime());
            assertThat(keyset.ringAt(switchAt).acceptOnly())
                    .extracting(TicketKey::name)
                    .contains(sealing.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1H, true", "PT1S, true", "PT0S, false", "PT-1S, false", "PT1H1S, false"})
    void rotation_ticketLifetime_isMoreThanZeroAndAtMostThePeriod(Duration lifetime, boolean taken) {
        if (taken) {
            assertThat(new KeyRotation(Duration.ofHours(1), lifetime, Duration.ZERO).ticketLifetime())
                    .isEqualTo(lifetime);
        } else {
            assertThatThrownBy(() -> new KeyRotation(Duration.ofHours(1), lifetime, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ticket lifetime " + Durations.format(lifetime)
                            + " must be more than zero, and at most the period of 1h for which a key seals");
        }
    }

    @Test
    void upToNext_secondKeySeals_announcesItsSuccessorNow() {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Instant now = times(keys.get(1)).activateAt();

        List<TicketKey> rotated = ROTATION.withNextKey(keys, now, RANDOM);

        assertThat(rotated).hasSize(3).startsWith(keys.get(0), keys.get(1));
        assertThat(times(rotated.get(2)))
                .isEqualTo(planned(now, times(keys.get(1)).retireAt()));
    }

    @Test
    void upToNext_keyOfWhichAllTicketsHaveDied_isDroppedThenAndNotBefore() {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Instant dead = times(keys.get(0)).destroyAt();

        assertThat(ROTATION.withNextKey(keys, dead.minusNanos(1), RANDOM)).contains(keys.get(0));
        assertThat(ROTATION.withNextKey(keys, dead, RANDOM)).doesNotContain(keys.get(0));
    }

    @Test
    void upToNext_lastKeyHasRetired_startsAgainAtOnce() {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Instant now = times(keys.get(1)).retireAt();

        List<TicketKey> rotated = ROTATION.withNextKey(keys, now, RANDOM);

        assertThat(rotated).hasSize(3).startsWith(keys.get(1));
        assertThat(times(rotated.get(1))).isEqualTo(planned(now, now));
        assertThat(times(rotated.get(2))).isEqualTo(planned(now, now.plus(ROTATION.period())));
    }

    @Test
    void upToNext_onlyAFutureKey_fillsTheGapAndKeepsIt() {
        TicketKey future = ROTATION.initialKeys(START, RANDOM).get(1);

        List<TicketKey> rotated = ROTATION.withNextKey(List.of(future), START, RANDOM);

        assertThat(rotated).hasSize(2).startsWith(future);
        assertThat(times(rotated.get(1))).isEqualTo(planned(START, START));
    }

    @Test
    void handOver_previousActiveAndTwoNextKeys_movesBothAndPlansOneMore() {
        Instant now = START.plus(ROTATION.period()).plusSeconds(60);
        List<TicketKey> keys = ROTATION.withNextKey(ROTATION.initialKeys(START, RANDOM), now, RANDOM);
        TicketKey second = TicketKey.random(planned(now, now.plus(Duration.ofDays(2))), RANDOM);
        Instant switchAt = now.plusSeconds(30);

        List<TicketKey> handed = ROTATION.withImmediateKey(
                List.of(second, keys.get(2), keys.get(1), keys.get(0)), now, switchAt, RANDOM);

        assertThat(handed).hasSize(5).startsWith(keys.get(0));
        assertThat(handed.subList(1, 4))
                .extracting(TicketKey::name)
                .containsExactly(keys.get(1).name(), keys.get(2).name(), second.name());
        KeyTimes active = times(keys.get(1));
        assertThat(times(handed.get(1)))
                .isEqualTo(new KeyTimes(
                        active.acceptFrom(),
                        active.activateAt(),
                        switchAt,
                        switchAt.plus(ROTATION.ticketLifetime()).plus(ROTATION.skew())));
        assertThat(times(handed.get(2))).isEqualTo(planned(times(keys.get(2)).acceptFrom(), switchAt));
        assertThat(times(handed.get(3))).isEqualTo(planned(now, switchAt.plus(ROTATION.period())));
        assertThat(times(handed.get(4)))
                .isEqualTo(planned(now, switchAt.plus(ROTATION.period()).plus(ROTATION.period())));
    }

    @Test
    void withKeysUntil_noKeys_makesOneThatSealsAlsoOnANodeWhoseClockIsBehind() {
        List<TicketKey> keys = ROTATION.withKeysUntil(List.of(), START, Duration.ofHours(13), RANDOM);

        assertThat(keys).hasSize(2);
        assertThat(times(keys.get(0)).acceptFrom()).isEqualTo(START.minus(ROTATION.skew()));
        assertThat(times(keys.get(0)).sealsAt(START.minus(ROTATION.skew()))).isTrue();
        assertThat(times(keys.get(1)).acceptFrom()).isEqualTo(START);
        assertThat(times(keys.get(1)).activateAt()).isEqualTo(times(keys.get(0)).retireAt());
        assertThat(KeyRotation.lastRetirement(keys))
                .isEqualTo(times(keys.get(1)).retireAt());
        assertThat(KeyRotation.of(keys, ROTATION.skew())).isEqualTo(ROTATION);
    }

    @Test
    void withKeysUntil_anyTime_addsAKeyOnlyWhenTheLastOneEndsTooEarly() {
        Duration ahead = Duration.ofHours(12);
        List<TicketKey> keys = ROTATION.withKeysUntil(List.of(), START, ahead, RANDOM);
        Instant due = KeyRotation.lastRetirement(keys).minus(ahead);

        assertThat(ROTATION.withKeysUntil(keys, due, ahead, RANDOM)).isEqualTo(keys);
        assertThat(ROTATION.withKeysUntil(keys, due.plusNanos(1), ahead, RANDOM))
                .hasSize(keys.size() + 1);
        Instant dead = times(keys.get(0)).destroyAt().plus(ROTATION.skew());
        assertThat(ROTATION.withKeysUntil(keys, dead.minusNanos(1), ahead, RANDOM))
                .contains(keys.get(0));
        assertThat(ROTATION.withKeysUntil(keys, dead, ahead, RANDOM)).doesNotContain(keys.get(0));
        assertThat(ROTATION.withKeysUntil(List.of(), START, Duration.ofDays(9_999), RANDOM))
                .hasSize(40);
    }

    /** The times of a key that was announced at {@code acceptFrom} and not changed since. */
    private static KeyTimes planned(Instant acceptFrom, Instant activateAt) {
        Instant retireAt = activateAt.plus(ROTATION.period());
        return new KeyTimes(
                acceptFrom,
                activateAt,
                retireAt,
                retireAt.plus(ROTATION.ticketLifetime()).plus(ROTATION.skew()));
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
