package dev.gangway.internal.manager;

import dev.gangway.internal.keys.Keyset;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What the passing of time does to a keyset, besides changing its ring. */
final class KeysetLifecycle {
    private KeysetLifecycle() {}

    /**
     * When the ring changes, or a key is to seal in {@code lead} from then: other nodes may seal with it already, and an engine
     * that has few places for keys gives it one.
     */
    static Optional<Instant> nextRingUpdate(Keyset keyset, Instant now, Duration lead) {
        Stream<Instant> entries = keyset.keys().stream()
                .flatMap(key -> key.times().stream())
                .map(times -> times.activateAt().minus(lead));
        return Stream.concat(entries, keyset.nextChangeAfter(now).stream())
                .filter(instant -> instant.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** A clock that ran ahead had keys destroyed before their time; when it is set right, they are needed again. */
    static boolean hasMissingKeys(Keyset keyset, Instant now) {
        return keyset.keys().stream()
                .anyMatch(key -> key.secret().isDestroyed()
                        && key.times().filter(times -> times.opensAt(now)).isPresent());
    }

    static void wipeEndedKeys(Keyset keyset, Instant now) {
        keyset.keys().stream()
                .filter(key -> key.times()
                        .filter(times -> !now.isBefore(times.destroyAt()))
                        .isPresent())
                .forEach(key -> key.secret().destroy());
    }
}
