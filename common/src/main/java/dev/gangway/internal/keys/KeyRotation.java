package dev.gangway.internal.keys;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plans the keys of a keyset: who seals when, and that the next key is known everywhere before anyone seals with it.
 *
 * @param period how long each key seals
 * @param ticketLifetime how long a ticket lives; at most {@code period}, so that it is at most half of a key's life
 * @param skew how far clocks may differ: a key opens tickets that much longer
 */
public record KeyRotation(Duration period, Duration ticketLifetime, Duration skew) {
    /** Keys that seal for twelve hours, for tickets of six hours. */
    public static final KeyRotation DEFAULT =
            new KeyRotation(Duration.ofHours(12), Duration.ofHours(6), Duration.ofMinutes(1));

    /** @throws IllegalArgumentException if tickets would live longer than half of a key's life */
    public KeyRotation {
        if (ticketLifetime.isNegative() || ticketLifetime.isZero() || ticketLifetime.compareTo(period) > 0) {
            throw new IllegalArgumentException("ticket lifetime " + Durations.format(ticketLifetime)
                    + " must be more than zero and at most the period " + Durations.format(period)
                    + " for which a key seals");
        }
    }

    /** The keys of a new fleet: one that seals from {@code now} on, and the one after it. */
    public List<TicketKey> initialKeys(Instant now, SecureRandom random) {
        return withNextKey(List.of(), now, random);
    }

    /**
     * Drops the dead keys and makes sure that the key after the active one exists. Calling it more often than needed
     * changes nothing, so it is safe to run from a timer.
     */
    public List<TicketKey> withNextKey(List<TicketKey> keys, Instant now, SecureRandom random) {
        List<TicketKey> result = alive(keys, now);
        Instant start = result.stream()
                .map(key -> times(key).retireAt())
                .max(Comparator.naturalOrder())
                .orElse(now);
        if (result.stream().noneMatch(key -> times(key).sealsAt(now))) {
            result.add(key(now, now, random));
            start = now.plus(period);
        }
        boolean hasNext =
                result.stream().anyMatch(key -> times(key).activateAt().isAfter(now));
        if (!hasNext) {
            result.add(key(now, start, random));
        }
        return result;
    }

    /**
     * Hands over to the next key early, at {@code latest}: the active key stops sealing then, and a new next key is
     * added. Tickets of the old key still open for their lifetime.
     *
     * @param latest far enough ahead that every node has read the new file by then; a key that retires before keeps its
     *     time, so that no key ever lives longer than it was made for
     */
    public List<TicketKey> withImmediateKey(List<TicketKey> keys, Instant now, Instant latest, SecureRandom random) {
        List<TicketKey> planned = sorted(withNextKey(keys, now, random));
        Instant switchAt = planned.stream()
                .filter(key -> times(key).sealsAt(now))
                .map(key -> times(key).retireAt())
                .max(Comparator.naturalOrder())
                .filter(retiresAt -> retiresAt.isBefore(latest))
                .orElse(latest);
        List<TicketKey> result = new ArrayList<>();
        boolean nextTaken = false;
        for (TicketKey key : planned) {
            KeyTimes t = times(key);
            if (t.sealsAt(now)) {
                Instant destroyAt = switchAt.plus(ticketLifetime).plus(skew);
                result.add(key.withTimes(new KeyTimes(t.acceptFrom(), t.activateAt(), switchAt, destroyAt)));
            } else if (t.activateAt().isAfter(now) && !nextTaken) {
                nextTaken = true;
                result.add(key.withTimes(sealing(t.acceptFrom(), switchAt)));
            } else if (!t.activateAt().isAfter(now)) {
                result.add(key);
            }
        }
        result.add(key(now, switchAt.plus(period), random));
        return result;
    }

    private List<TicketKey> alive(List<TicketKey> keys, Instant now) {
        List<TicketKey> alive = new ArrayList<>(keys);
        alive.removeIf(key -> !times(key).destroyAt().isAfter(now));
        return alive;
    }

    private TicketKey key(Instant now, Instant activateAt, SecureRandom random) {
        return TicketKey.random(sealing(now, activateAt), random);
    }

    private KeyTimes sealing(Instant acceptFrom, Instant activateAt) {
        Instant retireAt = activateAt.plus(period);
        return new KeyTimes(
                acceptFrom, activateAt, retireAt, retireAt.plus(ticketLifetime).plus(skew));
    }

    private static List<TicketKey> sorted(List<TicketKey> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(key -> times(key).activateAt()))
                .toList();
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
