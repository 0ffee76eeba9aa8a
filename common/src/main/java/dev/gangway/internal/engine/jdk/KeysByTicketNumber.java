package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys whose tickets one installation can tell apart by their {@linkplain TicketNumbers numbers}: keys of the ring, keys to
 * come, and keys that are gone, which are remembered. Immutable, and without secrets.
 *
 * <p>Four bytes say less than the sixteen of other engines. A foreign ticket is taken for one of a key that opens for {@code
 * P} seconds with a chance of {@code 2 P / 2^32}: one in 20,000 for thirty hours. That puts a handshake on the wrong count, and
 * does nothing else.
 */
final class KeysByTicketNumber {
    static final KeysByTicketNumber NONE = new KeysByTicketNumber(List.of());

    // A week of keys, for twelve hours of period. Each makes a mistake more likely.
    private static final int REMEMBERED = 16;
    // Between clocks, more than which no policy allows.
    private static final Duration MOST_SKEW = Duration.ofHours(1);
    // No ticket lives longer (RFC 8446 section 4.6.1).
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final List<KnownKey> all;

    private KeysByTicketNumber(List<KnownKey> all) {
        this.all = all;
    }

    /** One of them. */
    record KnownKey(KeyName name, TicketNumbers numbers, Optional<KeyTimes> times) {
        Optional<Meaning> meaningOf(int number, Instant now) {
            return numbers.around(number, now).filter(meaning -> isPlausible(meaning.endsAt(), now));
        }

        // Another node may have another idea of when the key seals, but not of when it opens; unless that is still to
        // come here, and the other node is ahead for whatever reason. Tickets count whole seconds.
        private boolean isPlausible(long endsAt, Instant now) {
            boolean isKnownToOpen =
                    times.isPresent() && !times.get().acceptFrom().isAfter(now);
            long from = isKnownToOpen
                    ? times.get().acceptFrom().getEpochSecond() - MOST_SKEW.toSeconds()
                    : now.getEpochSecond() - LONGEST_LIFE.toSeconds();
            Instant lastSealed = times.isPresent() ? times.get().destroyAt() : now;
            return endsAt >= from
                    && endsAt <= lastSealed.plus(LONGEST_LIFE).plus(MOST_SKEW).getEpochSecond();
        }
    }

    /** A ticket's number, and what it says. */
    record Found(KeyName key, Meaning meaning) {}

    /** These with {@code present} in front, without the oldest ones if they are too many. */
    KeysByTicketNumber with(List<KnownKey> present) {
        List<KnownKey> next = new ArrayList<>(present);
        all.stream()
                .filter(old -> present.stream().noneMatch(key -> key.numbers.equals(old.numbers)))
                .forEach(next::add);
        return new KeysByTicketNumber(List.copyOf(next.subList(0, Math.min(next.size(), REMEMBERED))));
    }

    Optional<Found> find(int number, Instant now) {
        for (KnownKey key : all) {
            Optional<Meaning> meaning = key.meaningOf(number, now);
            if (meaning.isPresent()) {
                return Optional.of(new Found(key.name, meaning.get()));
            }
        }
        return Optional.empty();
    }
}
