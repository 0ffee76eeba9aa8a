package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.keys.HmacSha256;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.TicketKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The numbers that one key gives to tickets: the four cleartext bytes at the start of a SunJSSE ticket. SunJSSE treats
 * them as the serial number of a key and looks up the key by it; it never checks the age of a ticket or of its session.
 *
 * <p>Gangway therefore encodes three things in them: which key sealed the ticket, the second in which the session ends,
 * and whether a full or a resumed handshake issued the ticket:
 *
 * <pre>number = base of the key and era + 2 * (Unix second of the end mod 2^22) + (0 full, 1 resumed), modulo 2^32</pre>
 *
 * <p>An era is 2^22 seconds, 48 days. Each era has its own pseudo-random base, derived from the key. So a number stands
 * for one second only, however long the key is kept: it does not repeat in another era. {@link PerNumberKey} makes sure
 * that a client cannot change it.
 *
 * <p>With a ticket lifetime of {@code L} seconds, a ticket of one key is mistaken for one of another with a probability
 * of {@code 4 L / 2^32} (one in 50,000 for six hours); the cost of a mistake is one full handshake. Immutable, and holds
 * no secrets.
 */
final class TicketNumbers {
    private static final int ERA_BITS = 22;
    private static final long OFFSETS = 1L << (ERA_BITS + 1);
    private static final int SEED_LENGTH = 32;

    private final byte[] seed;
    // For three eras; a node needs two at a time.
    private volatile Bases bases;

    private record Bases(long era, int before, int present, int after) {}

    private TicketNumbers(byte[] seed) {
        this.seed = seed;
    }

    static TicketNumbers derive(TicketKey key, KeyDerivation derivation) {
        return new TicketNumbers(derivation.derive(key, "name", SEED_LENGTH));
    }

    /**
     * What a number encodes.
     *
     * @param endsAt the Unix second from which the session is no longer resumed
     * @param isRenewed whether a resumed handshake issued the ticket
     */
    record Meaning(long endsAt, boolean isRenewed) {}

    int numberOf(Meaning meaning) {
        int offset = (int) (meaning.endsAt & ((1 << ERA_BITS) - 1)) << 1 | (meaning.isRenewed ? 1 : 0);
        return base(meaning.endsAt >> ERA_BITS) + offset;
    }

    /**
     * What {@code number} encodes, if it is a number of this key for a session that ends after {@code now} and no later
     * than {@code now} plus {@code lifetime} plus {@code skew}, for a node whose clock is ahead.
     */
    Optional<Meaning> live(int number, Instant now, Duration lifetime, Duration skew) {
        long from = now.getEpochSecond();
        long to = from + lifetime.toSeconds() + skew.toSeconds();
        for (long era = from >> ERA_BITS; era <= to >> ERA_BITS; era++) {
            Meaning meaning = meaning(number, era);
            if (meaning != null && meaning.endsAt > from && meaning.endsAt <= to) {
                return Optional.of(meaning);
            }
        }
        return Optional.empty();
    }

    /**
     * What {@code number} encodes, if it is a number of this key for a session that ends some weeks before
     * or after {@code now}.
     */
    Optional<Meaning> around(int number, Instant now) {
        long present = now.getEpochSecond() >> ERA_BITS;
        Meaning nearest = null;
        for (long era = present - 1; era <= present + 1; era++) {
            Meaning meaning = meaning(number, era);
            if (meaning != null && (nearest == null || distance(meaning, now) < distance(nearest, now))) {
                nearest = meaning;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static long distance(Meaning meaning, Instant now) {
        return Math.abs(meaning.endsAt - now.getEpochSecond());
    }

    private Meaning meaning(int number, long era) {
        long offset = Integer.toUnsignedLong(number - base(era));
        return offset < OFFSETS ? new Meaning((era << ERA_BITS) + (offset >> 1), (offset & 1) == 1) : null;
    }

    private int base(long era) {
        Bases known = bases;
        if (known == null || era < known.era - 1 || era > known.era + 1) {
            known = new Bases(era, derive(era - 1), derive(era), derive(era + 1));
            bases = known;
        }
        if (era == known.era) {
            return known.present;
        }
        return era < known.era ? known.before : known.after;
    }

    private int derive(long era) {
        byte[] message = ByteBuffer.allocate(Long.BYTES).putLong(era).array();
        return ByteBuffer.wrap(HmacSha256.of(seed, message)).getInt();
    }

    /** Equal if key, layout and scope are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TicketNumbers numbers && Arrays.equals(seed, numbers.seed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seed);
    }
}
