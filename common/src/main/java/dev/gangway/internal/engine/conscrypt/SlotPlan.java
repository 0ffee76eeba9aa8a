package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which two keys of a ring go into BoringSSL's two slots. The key in the current slot seals; both keys open.
 *
 * @param current the key that seals
 * @param previousOrNext the previous key, until its tickets have expired or the next key is about to seal on some node; then
 *     the next key
 */
record SlotPlan(Optional<TicketKey> current, Optional<TicketKey> previousOrNext) {
    /** @param lead how long the next key must open on all nodes before it may seal on any node: the clock skew */
    static SlotPlan of(KeyRing ring, Instant now, Duration lead) {
        Optional<TicketKey> current = ring.sealingAt(now);
        Optional<TicketKey> unscheduled =
                ring.acceptOnly().stream().filter(key -> key.times().isEmpty()).findFirst();
        Optional<TicketKey> previous = ring.accepted().stream()
                .filter(key -> !current.equals(Optional.of(key)))
                .filter(key -> key.times()
                        .filter(t -> !t.activateAt().isAfter(now) && t.opensAt(now))
                        .isPresent())
                .max(Comparator.comparing(key -> times(key).retireAt()));
        Optional<TicketKey> next = ring.accepted().stream()
                .filter(key ->
                        key.times().filter(t -> t.activateAt().isAfter(now)).isPresent())
                .min(Comparator.comparing(key -> times(key).activateAt()));

        boolean nextIsDue =
                next.isPresent() && !times(next.get()).activateAt().minus(lead).isAfter(now);
        Optional<TicketKey> previousOrNext =
                nextIsDue ? next : previous.or(() -> next).or(() -> unscheduled);
        return new SlotPlan(current, previousOrNext);
    }

    /** Whether both plans put the same keys into the same slots. */
    boolean sameKeysAs(SlotPlan plan) {
        return current.equals(plan.current) && previousOrNext.equals(plan.previousOrNext);
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
