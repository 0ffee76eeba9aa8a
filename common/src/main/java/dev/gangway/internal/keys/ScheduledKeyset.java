package dev.gangway.internal.keys;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys whose {@linkplain KeyTimes times} say what each does. A key whose secret has been destroyed does nothing any more,
 * whatever its times say: a clock that is set back cannot bring it to life.
 */
public final class ScheduledKeyset implements Keyset {
    // Of two keys that may both seal, every node must pick the same: the later to activate, then the greater name.
    private static final Comparator<TicketKey> SEALING_ORDER =
            Comparator.comparing((TicketKey key) -> timesOf(key).activateAt()).thenComparing(TicketKey::name);

    private final List<TicketKey> keys;

    private ScheduledKeyset(List<TicketKey> keys) {
        this.keys = keys;
    }

    /**
     * @param keys at least one, each with times, no two alike
     * @throws WeakKeyException for a secret that is no secret, or two keys with one name or one secret
     */
    public static ScheduledKeyset of(List<TicketKey> keys) throws WeakKeyException {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.times().isEmpty())) {
            throw new IllegalArgumentException("a schedule needs at least one key, and times for each");
        }
        WeakKeys.refuse(keys);
        return new ScheduledKeyset(List.copyOf(keys));
    }

    @Override
    public List<TicketKey> keys() {
        return keys;
    }

    @Override
    public KeyRing ringAt(Instant now) {
        Optional<TicketKey> active = sealing(keys, now);
        List<TicketKey> acceptOnly = keys.stream()
                .filter(key -> timesOf(key).opensAt(now) && !key.secret().isDestroyed())
                .filter(key -> active.isEmpty() || key != active.get())
                .toList();
        List<TicketKey> notYetAccepted = keys.stream()
                .filter(key ->
                        now.isBefore(timesOf(key).acceptFrom()) && !key.secret().isDestroyed())
                .toList();
        return KeyRing.of(active, acceptOnly).awaiting(notYetAccepted);
    }

    @Override
    public Optional<Instant> nextChangeAfter(Instant now) {
        return keys.stream()
                .map(ScheduledKeyset::timesOf)
                .flatMap(t -> Stream.of(t.acceptFrom(), t.activateAt(), t.retireAt(), t.destroyAt()))
                .filter(instant -> instant.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    static Optional<TicketKey> sealing(List<TicketKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> key.times().isPresent() && timesOf(key).sealsAt(now))
                .filter(key -> !key.secret().isDestroyed())
                .max(SEALING_ORDER);
    }

    private static KeyTimes timesOf(TicketKey key) {
        return key.times().orElseThrow();
    }
}
