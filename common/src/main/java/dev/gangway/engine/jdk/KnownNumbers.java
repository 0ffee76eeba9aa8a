package dev.gangway.engine.jdk;

import dev.gangway.engine.TicketSeal;
import dev.gangway.keys.KeyName;
import dev.gangway.keys.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which {@linkplain KeyNumber numbers} each key of one installation may have given to tickets: keys of the ring, keys to come,
 * and keys that are gone, which are remembered. Immutable, and without secrets.
 *
 * <p>Four bytes say less than the sixteen of other engines. A foreign ticket is taken for one of a key that opens for {@code
 * P} seconds with a chance of {@code P / 2^32}: one in 40,000 for thirty hours. That puts a handshake on the wrong count, and
 * does nothing else.
 */
final class KnownNumbers {
    static final KnownNumbers NONE = new KnownNumbers(List.of());

    // A week of keys, for twelve hours of period. Each makes a mistake more likely.
    private static final int REMEMBERED = 16;
    // Between clocks, more than which no policy allows.
    private static final Duration MOST_SKEW = Duration.ofHours(1);
    // No ticket lives longer (RFC 8446 section 4.6.1).
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final List<Numbers> all;

    private KnownNumbers(List<Numbers> all) {
        this.all = all;
    }

    /** The numbers of one key. */
    record Numbers(KeyName key, int base, Optional<KeyTimes> times) {
        Optional<TicketSeal> sealOf(int number, Instant now) {
            OptionalLong sealedAt = KeyNumber.sealedAt(number, base, now, MOST_SKEW);
            return sealedAt.isPresent() && isPlausible(sealedAt.getAsLong(), now)
                    ? Optional.of(new TicketSeal(key, Optional.of(Instant.ofEpochSecond(sealedAt.getAsLong()))))
                    : Optional.empty();
        }

        // Another node may have another idea of when the key seals, but not of when it opens; unless that is still to
        // come here, and the other node is ahead for whatever reason. Tickets count whole seconds.
        private boolean isPlausible(long sealedAt, Instant now) {
            boolean isKnownToOpen =
                    times.isPresent() && !times.get().acceptFrom().isAfter(now);
            long from = isKnownToOpen
                    ? times.get().acceptFrom().getEpochSecond() - MOST_SKEW.toSeconds()
                    : now.getEpochSecond() - LONGEST_LIFE.toSeconds();
            Instant until = times.isPresent() ? times.get().destroyAt() : now;
            return sealedAt >= from && sealedAt <= until.getEpochSecond() + MOST_SKEW.toSeconds();
        }
    }

    /** These with {@code present} in front, without the oldest ones if they are too many. */
    KnownNumbers with(List<Numbers> present) {
        List<Numbers> next = new ArrayList<>(present);
        all.stream()
                .filter(old -> present.stream().noneMatch(now -> now.base == old.base))
                .forEach(next::add);
        return new KnownNumbers(List.copyOf(next.subList(0, Math.min(next.size(), REMEMBERED))));
    }

    Optional<TicketSeal> sealOf(int number, Instant now) {
        for (Numbers numbers : all) {
            Optional<TicketSeal> seal = numbers.sealOf(number, now);
            if (seal.isPresent()) {
                return seal;
            }
        }
        return Optional.empty();
    }
}
