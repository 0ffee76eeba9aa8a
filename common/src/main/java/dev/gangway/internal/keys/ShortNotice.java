package dev.gangway.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A key that seals before every node can have read it. That works, but causes full handshakes: some nodes seal with a key
 * that others do not have yet.
 *
 * @param sealsIn the time until it seals
 * @param needed the time that nodes need
 */
public record ShortNotice(KeyName key, Duration sealsIn, Duration needed) {
    /**
     * Such keys, in the order of their activation.
     *
     * @param before the keys until {@code now}; those of them that keep their activation are not considered
     * @param after the keys from {@code now} on
     */
    public static List<ShortNotice> of(
            List<TicketKey> before, List<TicketKey> after, Instant now, TicketPolicy policy) {
        Duration needed = policy.propagationTime();
        // The first key of a keyset is accepted from one clock skew before it was made.
        Instant knownSince = now.minus(needed).minus(policy.clockSkew());
        return after.stream()
                .filter(key -> before.stream().noneMatch(old -> isSame(old, key)))
                .filter(key -> times(key).activateAt().isBefore(now.plus(needed)))
                .filter(key -> times(key).acceptFrom().isAfter(knownSince))
                .sorted(Comparator.comparing(key -> times(key).activateAt()))
                .map(key -> new ShortNotice(
                        key.name(), Duration.between(now, times(key).activateAt()), needed))
                .toList();
    }

    /** Whether the key seals at once because none was active, so that nothing can make it seal later. */
    public boolean isImmediate() {
        return sealsIn.isZero() || sealsIn.isNegative();
    }

    /** The warning if {@code --in} has made the key seal so early. */
    public String warningOfIn() {
        return warning("use --in=" + Durations.format(needed) + " or longer");
    }

    /** @param remedy the way out, at the end of the sentence */
    public String warning(String remedy) {
        return "warning: key " + key.shortForm() + " seals " + Durations.format(sealsIn)
                + " from now, before every node knows it; " + remedy;
    }

    private static boolean isSame(TicketKey old, TicketKey key) {
        return old.name().equals(key.name())
                && times(old).activateAt().equals(times(key).activateAt());
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
