package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.TicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotPlanTest {
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration LEAD = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    // Three consecutive keys: each seals for twelve hours, and opens tickets for six hours and a minute more.
    private final TicketKey k0 = key(0);
    private final TicketKey k1 = key(12);
    private final TicketKey k2 = key(24);

    /** The table of docs/conscrypt.md. */
    @Test
    void of_overTwelveHours_previousThenNext() throws Exception {
        assertThat(at(Duration.ofHours(12))).as("k1 seals from now on").isEqualTo(plan(k1, k0));
        assertThat(at(Duration.ofHours(18))).as("k0's tickets still open").isEqualTo(plan(k1, k0));
        assertThat(at(Duration.ofHours(18).plusMinutes(1)))
                .as("k0's tickets have expired")
                .isEqualTo(plan(k1, k2));
        assertThat(at(Duration.ofHours(24).minusSeconds(1))).isEqualTo(plan(k1, k2));
        assertThat(at(Duration.ofHours(24))).as("k2 seals from now on").isEqualTo(plan(k2, k1));
    }

    @Test
    void of_nextKeyIsAboutToSealSomewhere_opensEvenIfThePreviousOnesTicketsLive() {
        TicketKey soon = TicketKey.random(
                new KeyTimes(T, T.plusSeconds(12 * 3600 + 90), T.plusSeconds(90_000), T.plusSeconds(120_000)), RANDOM);
        KeyRing ring = KeyRing.of(Optional.of(k1), List.of(k0, soon));
        Instant before = T.plusSeconds(12 * 3600 + 29);

        assertThat(SlotPlan.of(ring, before, LEAD)).isEqualTo(plan(k1, k0));
        assertThat(SlotPlan.of(ring, before.plusSeconds(1), LEAD)).isEqualTo(plan(k1, soon));
    }

    @Test
    void of_keysWithoutTimes_firstSealsAndSecondOpens() throws Exception {
        TicketKey a = unscheduled();
        TicketKey b = unscheduled();
        KeyRing ring = OrderedKeyset.of(List.of(a, b, unscheduled())).ringAt(T);

        assertThat(SlotPlan.of(ring, T, LEAD)).isEqualTo(plan(a, b));
    }

    @Test
    void of_emptyRing_plansNothing() {
        SlotPlan plan = SlotPlan.of(KeyRing.EMPTY, T, LEAD);

        assertThat(plan.current()).isEmpty();
        assertThat(plan.previousOrNext()).isEmpty();
    }

    private SlotPlan at(Duration sinceStart) throws Exception {
        Instant now = T.plus(sinceStart);
        return SlotPlan.of(ScheduledKeyset.of(List.of(k0, k1, k2)).ringAt(now), now, LEAD);
    }

    private static SlotPlan plan(TicketKey current, TicketKey other) {
        return new SlotPlan(Optional.of(current), Optional.of(other));
    }

    private static TicketKey key(int hour) {
        Instant activateAt = T.plus(Duration.ofHours(hour));
        Instant retireAt = activateAt.plus(Duration.ofHours(12));
        return TicketKey.random(
                new KeyTimes(
                        T,
                        activateAt,
                        retireAt,
                        retireAt.plus(Duration.ofHours(6)).plus(LEAD)),
                RANDOM);
    }

    private static TicketKey unscheduled() {
        byte[] bytes = new byte[80];
        RANDOM.nextBytes(bytes);
        return TicketKey.raw(bytes, false);
    }
}
