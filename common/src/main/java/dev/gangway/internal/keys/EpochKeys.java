package dev.gangway.internal.keys;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ticket keys derived from one master secret and the clock. Time is divided into epochs of one period. The key of epoch
 * {@code e} is HKDF-SHA256(master, period, e), so that all nodes with the same secret and period have the same keys
 * without communicating.
 *
 * <p>A key seals during its epoch. It is accepted from one epoch earlier, so that a node whose clock is behind has it
 * in time, until the tickets it sealed have expired.
 */
public final class EpochKeys {
    // With the limits in KeyLimits, tickets of at most two earlier keys can still be valid.
    private static final long MOST_PREVIOUS = 2;
    private static final byte[] SALT = "gangway/1 epoch".getBytes(StandardCharsets.US_ASCII);

    private final Duration period;
    private final Duration tail;

    private EpochKeys(Duration period, Duration tail) {
        this.period = period;
        this.tail = tail;
    }

    /**
     * @param period how long each key seals, in whole seconds, from one second to 30 days
     * @throws IllegalArgumentException naming the setting, its value and its limit
     */
    public static EpochKeys of(Duration period, TicketPolicy policy) {
        if (period.compareTo(Duration.ofSeconds(1)) < 0
                || period.compareTo(Duration.ofDays(30)) > 0
                || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
            throw new IllegalArgumentException(
                    "period " + Durations.format(period) + " is not a whole number of seconds from 1s to 30d");
        }
        return new EpochKeys(period, policy.ticketLifetime().plus(policy.clockSkew()));
    }

    /** The epoch that contains {@code now}. */
    public long epochAt(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), period.toSeconds());
    }

    /**
     * The keys that a node needs in {@code epoch}: those whose tickets may still be valid, the one that seals, and the
     * next two, so that a node that cannot read its secret for one epoch still has a key that seals.
     */
    public List<TicketKey> keysFor(long epoch, SecretBytes master) {
        long alive = Math.floorDiv(tail.toSeconds() + period.toSeconds() - 1, period.toSeconds());
        long previous = Math.min(alive, MOST_PREVIOUS);
        List<TicketKey> keys = new ArrayList<>();
        for (long e = epoch - previous; e <= epoch + 2; e++) {
            keys.add(key(e, master));
        }
        return keys;
    }

    private TicketKey key(long epoch, SecretBytes master) {
        Instant activateAt = Instant.ofEpochSecond(epoch * period.toSeconds());
        Instant retireAt = activateAt.plus(period);
        KeyTimes times = new KeyTimes(activateAt.minus(period), activateAt, retireAt, retireAt.plus(tail));
        byte[] secret = derive(master, epoch, "secret", TicketKey.MIN_SECRET_LENGTH);
        try {
            return TicketKey.scheduled(
                    KeyName.of(derive(master, epoch, "name", KeyName.LENGTH)), SecretBytes.copyOf(secret), times);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] derive(SecretBytes master, long epoch, String purpose, int length) {
        return HkdfSha256.derive(
                master, SALT, length, String.valueOf(period.toSeconds()), String.valueOf(epoch), purpose);
    }
}
