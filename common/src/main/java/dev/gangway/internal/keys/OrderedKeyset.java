package dev.gangway.internal.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keys without times, as nginx, Apache, Envoy and HAProxy list them: one seals, the others only open. A key that is no
 * longer in the list is removed at once, and its tickets are no longer accepted.
 */
public final class OrderedKeyset implements Keyset {
    private final List<TicketKey> keys;
    private final KeyRing ring;

    private OrderedKeyset(List<TicketKey> keys, int sealing) {
        this.keys = keys;
        List<TicketKey> acceptOnly = new ArrayList<>(keys);
        TicketKey active = acceptOnly.remove(sealing);
        this.ring = KeyRing.of(Optional.of(active), acceptOnly);
    }

    /** As {@link #of(List, int)}; the first key seals. */
    public static OrderedKeyset of(List<TicketKey> keys) throws WeakKeyException {
        return of(keys, 0);
    }

    /**
     * @param keys at least one, none with times, all different
     * @param sealing index of the key that seals
     * @throws WeakKeyException if a secret is weak, or two keys have the same name or secret
     */
    public static OrderedKeyset of(List<TicketKey> keys, int sealing) throws WeakKeyException {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.times().isPresent())) {
            throw new IllegalArgumentException("an ordered keyset needs at least one key, and no key may have times");
        }
        WeakKeys.refuse(keys);
        return new OrderedKeyset(List.copyOf(keys), sealing);
    }

    @Override
    public List<TicketKey> keys() {
        return keys;
    }

    @Override
    public KeyRing ringAt(Instant now) {
        Objects.requireNonNull(now);
        return ring;
    }

    @Override
    public Optional<Instant> nextChangeAfter(Instant now) {
        Objects.requireNonNull(now);
        return Optional.empty();
    }
}
