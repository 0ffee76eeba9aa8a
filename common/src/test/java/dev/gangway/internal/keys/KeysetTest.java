package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysetTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes TIMES = new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30));

    @Test
    void schedule_ofNoKeys_isRefused() {
        assertThatThrownBy(() -> ScheduledKeyset.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a scheduled keyset needs at least one key, and each key needs times");
    }

    @Test
    void schedule_withOneKeyWithoutTimes_isRefused() {
        assertThatThrownBy(() -> ScheduledKeyset.of(List.of(timed(), untimed())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a scheduled keyset needs at least one key, and each key needs times");
    }

    @Test
    void order_ofNoKeys_isRefused() {
        assertThatThrownBy(() -> OrderedKeyset.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an ordered keyset needs at least one key, and no key may have times");
    }

    @Test
    void order_withOneKeyWithTimes_isRefused() {
        assertThatThrownBy(() -> OrderedKeyset.of(List.of(untimed(), timed())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an ordered keyset needs at least one key, and no key may have times");
    }

    @Test
    void order_keyInTheMiddleSeals_othersOpenInTheirOrderForever() throws Exception {
        List<TicketKey> keys = List.of(untimed(), untimed(), untimed());

        OrderedKeyset keyset = OrderedKeyset.of(keys, 1);

        assertThat(keyset.keys()).isEqualTo(keys);
        assertThat(keyset.ringAt(T).active()).contains(keys.get(1));
        assertThat(keyset.ringAt(T).acceptOnly()).containsExactly(keys.get(0), keys.get(2));
        assertThat(keyset.nextChangeAfter(T)).isEmpty();
        assertThat(OrderedKeyset.of(keys).ringAt(T).active()).contains(keys.get(0));
    }

    @Test
    void instantMissing_isRefusedByBoth() throws Exception {
        for (Keyset keyset : List.of(OrderedKeyset.of(List.of(untimed())), ScheduledKeyset.of(List.of(timed())))) {
            assertThatThrownBy(() -> keyset.ringAt(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> keyset.nextChangeAfter(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void nextChangeAfter_timesOfTheKeys_areEachReachedInTurn() throws Exception {
        Keyset keyset = ScheduledKeyset.of(List.of(timed()));

        assertThat(keyset.nextChangeAfter(T.minusNanos(1))).contains(T);
        assertThat(keyset.nextChangeAfter(T)).contains(T.plusSeconds(10));
        assertThat(keyset.nextChangeAfter(T.plusSeconds(10))).contains(T.plusSeconds(20));
        assertThat(keyset.nextChangeAfter(T.plusSeconds(20))).contains(T.plusSeconds(30));
        assertThat(keyset.nextChangeAfter(T.plusSeconds(30))).isEmpty();
    }

    @Test
    void destroy_keyset_leavesNoSecret() throws Exception {
        for (Keyset keyset : List.of(
                OrderedKeyset.of(List.of(untimed(), untimed())), ScheduledKeyset.of(List.of(timed(), timed())))) {
            keyset.destroy();

            assertThat(keyset.keys())
                    .hasSize(2)
                    .allSatisfy(key -> assertThat(key.secret().isDestroyed()).isTrue());
        }
    }

    @Test
    void ringAt_keyDestroyed_neitherSealsNorOpens() throws Exception {
        TicketKey dead = timed();
        TicketKey alive = timed();
        ScheduledKeyset keyset = ScheduledKeyset.of(List.of(dead, alive));

        dead.secret().destroy();

        assertThat(keyset.ringAt(T).accepted()).containsExactly(alive);
        assertThat(keyset.ringAt(T.plusSeconds(10)).active()).contains(alive);
        assertThat(keyset.ringAt(T.plusSeconds(10)).acceptOnly()).isEmpty();
    }

    @Test
    void ringAt_twoMaySeal_laterOneDoesAndTheOtherOpens() throws Exception {
        TicketKey earlier = timed();
        TicketKey later = timed().withTimes(new KeyTimes(T, T.plusSeconds(11), T.plusSeconds(20), T.plusSeconds(30)));

        for (List<TicketKey> keys : List.of(List.of(earlier, later), List.of(later, earlier))) {
            KeyRing ring = ScheduledKeyset.of(keys).ringAt(T.plusSeconds(11));
            assertThat(ring.active()).contains(later);
            assertThat(ring.acceptOnly()).containsExactly(earlier);
        }
    }

    @Test
    void times_instantsThatMayBeEqual_areTaken() {
        KeyTimes times = new KeyTimes(T, T, T.plusSeconds(1), T.plusSeconds(1));

        assertThat(times.opensAt(T.minusNanos(1))).isFalse();
        assertThat(times.sealsAt(T)).isTrue();
        assertThat(times.opensAt(T.plusSeconds(1))).isFalse();
        assertThat(times.decryptOnlyPeriod()).isZero();
    }

    @Test
    void times_keyThatNeverSeals_isRefused() {
        assertThatThrownBy(() -> new KeyTimes(T, T, T, T.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("activate-at " + T + " is not before retire-at " + T);
    }

    private static TicketKey timed() {
        return TicketKey.random(TIMES, RANDOM);
    }

    private static TicketKey untimed() {
        return TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.random(32, RANDOM));
    }
}
