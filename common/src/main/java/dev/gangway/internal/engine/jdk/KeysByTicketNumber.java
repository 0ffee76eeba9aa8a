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
 * The keys that one installation can identify by the {@linkplain TicketNumbers numbers} of their tickets: keys of the
 * ring, keys that are not accepted yet, and destroyed keys. Immutable, and holds no secrets.
 *
 * <p>Four bytes identify a key less reliably than the sixteen of other engines. A foreign ticket is mistaken for one of
 * a key that opens for {@code P} seconds with a probability of {@code 2 P / 2^32}: one in 20,000 for thirty hours. The
 * only effect is that a full handshake is counted under the wrong outcome. For a resumed one, the {@linkplain
 * JdkConnection#sealOfResumed key that opened the ticket} is known.
 */
final class KeysByTicketNumber {
    static final KeysByTicketNumber NONE = new KeysByTicketNumber(List.of());

    // A week of keys with a rotation period of twelve hours. Each additional key makes a false match more likely.
    private static final int REMEMBERED = 16;
    // The largest clock skew that a policy allows.
    private static final Duration MOST_SKEW = Duration.ofHours(1);
    // No ticket lives longer (RFC 8446 section 4.6.1).
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final List<KnownKey> all;

    private KeysByTicketNumber(List<KnownKey> all) {
        this.all = all;
    }

    /** One key. */
    record KnownKey(KeyName name, TicketNumbers numbers, Optional<KeyTimes> times) {
        Optional<Meaning> meaningOf(int number, Instant now) {
            return numbers.around(number, now).filter(meaning -> isPlausible(meaning.endsAt(), now));
        }

        // Nodes may differ on when the key seals, but not on when it opens, unless the key does not open here yet and
        // the other node is ahead for some reason. Tickets count whole seconds.
        private boolean isPlausible(long endsAt, Instant now) {
            boolean isKnownToOpen =
                    times.isPresent() && !times.get().acceptFrom().isAfter(now);
            long from = isKnownToOpen
                    ? times.get().acceptFrom().getEpochSecond() - MOST_SKEW.toSeconds()
                    : now.getEpochSecond() - LONGEST_LIFE.toSeconds();
            // A key with times is destroyed only when the last session that it sealed has ended.
            Instant lastEnd = times.isPresent() ? times.get().destroyAt() : now.plus(LONGEST_LIFE);
            return endsAt >= from && endsAt <= lastEnd.plus(MOST_SKEW).getEpochSecond();
        }
    }

    /** The key of a ticket's number, and what the number encodes. */
    record Found(KeyName key, Meaning meaning) {}

    /** These keys with {@code present} in front; the oldest keys are dropped beyond the limit. */
    KeysByTicketNumber with(List<KnownKey> present) {
        List<KnownKey> next = new ArrayList<>(present);
        all.stream()
                .filter(old -> present.stream().noneMatch(key -> key.numbers.equals(old.numbers)))
                .forEach(next::add);
        return new KeysByTicketNumber(List.copyOf(next.subList(0, Math.min(next.size(), REMEMBERED))));
    }

    boolean has(KnownKey key) {
        for (KnownKey other : all) {
            if (other.numbers.equals(key.numbers)) {
                return true;
            }
        }
        return false;
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
