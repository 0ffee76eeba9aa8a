package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plans the keys of a keyset: when each key seals, and that every node has the next key before any node seals with it.
 *
 * @param period how long each key seals
 * @param ticketLifetime how long a ticket lives; at most {@code period}, so that it is at most half of a key's life
 * @param skew how far clocks may differ: a key opens tickets for that much longer
 */
public record KeyRotation(Duration period, Duration ticketLifetime, Duration skew) {
    /** Keys that seal for twelve hours, for tickets of six hours. */
    public static final KeyRotation DEFAULT =
            new KeyRotation(Duration.ofHours(12), Duration.ofHours(6), Duration.ofMinutes(1));

    // More than any plan has; a keyset must fit into a row of a database.
    private static final int MOST_KEYS = 40;

    /** @throws IllegalArgumentException if the ticket lifetime is longer than half of a key's life */
    public KeyRotation {
        if (ticketLifetime.isNegative() || ticketLifetime.isZero() || ticketLifetime.compareTo(period) > 0) {
            throw new IllegalArgumentException("ticket lifetime " + Durations.format(ticketLifetime)
                    + " must be more than zero, and at most the period of " + Durations.format(period)
                    + " for which a key seals");
        }
    }

    /** The keys of a new keyset: one that seals from {@code now} on, and the next one. */
    public List<TicketKey> initialKeys(Instant now, SecureRandom random) {
        return withNextKey(List.of(), now, random);
    }

    /**
     * Removes the expired keys and adds a key after the active one if there is none. Calling it more often than needed
     * changes nothing, so it can run from cron.
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
     * The durations with which the newest of {@code keys} was made.
     *
     * @throws IllegalArgumentException if these keys were not made by a rotation with {@code skew}
     */
    public static KeyRotation of(List<TicketKey> keys, Duration skew) {
        KeyTimes newest = keys.stream()
                .map(KeyRotation::times)
                .max(Comparator.comparing(KeyTimes::activateAt))
                .orElseThrow();
        return new KeyRotation(
                Duration.between(newest.activateAt(), newest.retireAt()),
                newest.decryptOnlyPeriod().minus(skew),
                skew);
    }

    /**
     * Removes the keys that have expired on every node, and adds keys until one of them seals at {@code now + ahead}. If
     * no key is active, one is made that is active immediately, also on a node whose clock is behind. Calling it more
     * often than needed changes nothing.
     */
    public List<TicketKey> withKeysUntil(List<TicketKey> keys, Instant now, Duration ahead, SecureRandom random) {
        List<TicketKey> result = alive(keys, now.minus(skew));
        if (result.stream().noneMatch(key -> times(key).sealsAt(now))) {
            Instant start = now.minus(skew);
            result.add(key(start, start, random));
        }
        Instant end = lastRetirement(result);
        while (end.isBefore(now.plus(ahead)) && result.size() < MOST_KEYS) {
            result.add(key(now, end, random));
            end = lastRetirement(result);
        }
        return result;
    }

    /** When the last of {@code keys} retires. */
    public static Instant lastRetirement(List<TicketKey> keys) {
        return keys.stream()
                .map(key -> times(key).retireAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Retires the active key early, at {@code latest}, activates the next key then, and adds a new key after the last one.
     * Other keys that were announced follow each other earlier too. Tickets of the old key are still accepted for their
     * lifetime.
     *
     * @param latest late enough that every node has read the new file by then; a key that retires earlier keeps its
     *     times, so that no key lives longer than planned
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
        Instant activateAt = switchAt;
        for (TicketKey key : planned) {
            KeyTimes t = times(key);
            if (t.sealsAt(now)) {
                Instant destroyAt = switchAt.plus(ticketLifetime).plus(skew);
                result.add(key.withTimes(new KeyTimes(t.acceptFrom(), t.activateAt(), switchAt, destroyAt)));
            } else if (t.activateAt().isAfter(now)) {
                Instant acceptFrom = t.acceptFrom().isBefore(activateAt) ? t.acceptFrom() : activateAt;
                result.add(key.withTimes(sealing(acceptFrom, activateAt)));
                activateAt = activateAt.plus(period);
            } else {
                result.add(key);
            }
        }
        result.add(key(now, activateAt, random));
        return result;
    }

    /**
     * Refuses a keyset that does not fit into every store. Each early activation adds a key, and keys stay until
     * their tickets have expired.
     *
     * @throws KeySourceException naming the number, the limit and the way out
     */
    public static void requireNotTooMany(List<TicketKey> planned) throws KeySourceException {
        int excess = planned.size() - MOST_KEYS;
        if (excess > 0) {
            Instant fewEnoughFrom = planned.stream()
                    .map(key -> times(key).destroyAt())
                    .sorted()
                    .toList()
                    .get(excess - 1);
            throw new KeySourceException("it would have " + planned.size() + " keys, but a keyset has at most "
                    + MOST_KEYS + "; run 'keys rotate --in' again after " + fewEnoughFrom
                    + ", when the tickets of enough of them have expired, or 'keys new', which replaces all keys and"
                    + " ends their tickets");
        }
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
