package dev.gangway.internal.keys;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys whose {@linkplain KeyTimes times} define their roles. A key whose secret has been destroyed has no role any
 * more, even if the clock is set back.
 */
public final class ScheduledKeyset implements Keyset {
    // If two keys may seal, all nodes must choose the same: the one that is activated later, then the one with the
    // greater name.
    private static final Comparator<TicketKey> SEALING_ORDER =
            Comparator.comparing((TicketKey key) -> timesOf(key).activateAt()).thenComparing(TicketKey::name);

    private final List<TicketKey> keys;

    private ScheduledKeyset(List<TicketKey> keys) {
        this.keys = keys;
    }

    /**
     * @param keys at least one, each with times, all different
     * @throws WeakKeyException if a secret is weak, or two keys have the same name or secret
     */
    public static ScheduledKeyset of(List<TicketKey> keys) throws WeakKeyException {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.times().isEmpty())) {
            throw new IllegalArgumentException("a scheduled keyset needs at least one key, and each key needs times");
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

    // Called for each ticket, so it allocates little.
    static Optional<TicketKey> sealing(List<TicketKey> keys, Instant now) {
        TicketKey sealing = null;
        for (TicketKey key : keys) {
            if (maySeal(key, now) && (sealing == null || SEALING_ORDER.compare(key, sealing) > 0)) {
                sealing = key;
            }
        }
        return Optional.ofNullable(sealing);
    }

    private static boolean maySeal(TicketKey key, Instant now) {
        return key.times().isPresent()
                && timesOf(key).sealsAt(now)
                && !key.secret().isDestroyed();
    }

    private static KeyTimes timesOf(TicketKey key) {
        return key.times().orElseThrow();
    }
}
