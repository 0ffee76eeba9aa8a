package dev.gangway.internal.manager;

import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Keyset;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Effects of time on a keyset, in addition to changes of its ring. */
final class KeysetLifecycle {
    private KeysetLifecycle() {}

    /**
     * The next instant at which the ring changes, or at which a key will seal after {@code lead}: from then on other
     * nodes may seal with it, and an engine with few key slots installs it.
     */
    static Optional<Instant> nextRingUpdate(Keyset keyset, Instant now, Duration lead) {
        Stream<Instant> entries = keyset.keys().stream()
                .flatMap(key -> key.times().stream())
                .map(times -> times.activateAt().minus(lead));
        return Stream.concat(entries, keyset.nextChangeAfter(now).stream())
                .filter(instant -> instant.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /**
     * A clock that was ahead caused keys to be destroyed too early; after it has been corrected, they are needed again.
     */
    static boolean hasMissingKeys(Keyset keyset, Instant now) {
        return keyset.keys().stream()
                .anyMatch(key -> key.secret().isDestroyed()
                        && key.times().filter(times -> times.opensAt(now)).isPresent());
    }

    static Optional<Instant> lastRetirement(Keyset keyset) {
        return keyset.keys().stream()
                .flatMap(key -> key.times().stream())
                .map(KeyTimes::retireAt)
                .max(Comparator.naturalOrder());
    }

    static void wipeEndedKeys(Keyset keyset, Instant now) {
        keyset.keys().stream()
                .filter(key -> key.times()
                        .filter(times -> !now.isBefore(times.destroyAt()))
                        .isPresent())
                .forEach(key -> key.secret().destroy());
    }
}
