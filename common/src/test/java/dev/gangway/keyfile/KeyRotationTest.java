package dev.gangway.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.keys.KeyTimes;
import dev.gangway.keys.ScheduledKeyset;
import dev.gangway.keys.TicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;

    @Test
    void first_newFleet_hasOneKeySealingAndTheNextAnnounced() {
        List<TicketKey> keys = ROTATION.first(START, RANDOM);

        assertThat(keys).hasSize(2);
        assertThat(times(keys.get(0)).sealsAt(START)).isTrue();
        assertThat(times(keys.get(1)).opensAt(START)).isTrue();
        assertThat(times(keys.get(1)).activateAt()).isEqualTo(times(keys.get(0)).retireAt());
        assertThat(times(keys.get(0)).ticketRoom())
                .isEqualTo(ROTATION.ticketLifetime().plus(ROTATION.skew()));
    }

    @Test
    void upToNext_calledAgain_changesNothing() {
        List<TicketKey> keys = ROTATION.first(START, RANDOM);

        assertThat(ROTATION.upToNext(keys, START.plusSeconds(3600), RANDOM)).isEqualTo(keys);
    }

    @Property(tries = 300)
    void upToNext_calledAtAnyTimesWithinAPeriod_alwaysHasASealingKeyAndKeepsEveryLiveOne(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 12 * 3600) Integer> steps) throws Exception {
        List<TicketKey> keys = ROTATION.first(START, RANDOM);
        Instant now = START;
        for (int step : steps) {
            Instant before = now;
            now = now.plusSeconds(step);
            assertThat(ScheduledKeyset.of(keys).ringAt(now).active()).isPresent();
            List<TicketKey> next = ROTATION.upToNext(keys, now, RANDOM);
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
        List<TicketKey> keys = ROTATION.first(START, RANDOM);
        Instant now = START;
        for (int step : steps) {
            now = now.plusSeconds(step);
            TicketKey sealing = ScheduledKeyset.of(keys).ringAt(now).active().orElseThrow();
            Instant planned = times(sealing).retireAt();
            Instant switchAt = planned.isBefore(now.plus(lead)) ? planned : now.plus(lead);
            keys = ROTATION.handOver(keys, now, now.plus(lead), RANDOM);
            ScheduledKeyset keyset = ScheduledKeyset.of(keys);
            TicketKey stillSealing =
                    keyset.ringAt(switchAt.minusMillis(1)).active().orElseThrow();
            TicketKey nowSealing = keyset.ringAt(switchAt).active().orElseThrow();
            assertThat(stillSealing.name()).isEqualTo(sealing.name());
            assertThat(nowSealing.name()).isNotEqualTo(sealing.name());
            assertThat(times(nowSealing).acceptFrom()).isBeforeOrEqualTo(now);
            assertThat(times(stillSealing).ticketRoom()).isGreaterThanOrEqualTo(ROTATION.ticketLifetime());
            assertThat(keyset.ringAt(switchAt).acceptOnly())
                    .extracting(TicketKey::name)
                    .contains(sealing.name());
        }
    }

    @Test
    void rotation_ticketsOutliveHalfAKey_isRefused() {
        assertThatThrownBy(() -> new KeyRotation(Duration.ofHours(1), Duration.ofHours(2), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2H")
                .hasMessageContaining("PT1H");
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
