package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Random keys of one context, used while no shared key is active: only this context can open what they seal. */
final class UnsharedTicketKeys {
    private static final Duration PERIOD = Duration.ofHours(12);

    private final KeyDerivation derivation;
    private final TicketPolicy policy;
    private final SunJsseInternals internals;
    private final SecureRandom random;

    private volatile List<Key> keys = List.of();

    private record Key(KeyTimes times, JdkTicketKey derived) {}

    UnsharedTicketKeys(KeyDerivation derivation, TicketPolicy policy, SunJsseInternals internals, SecureRandom random) {
        this.derivation = derivation;
        this.policy = policy;
        this.internals = internals;
        this.random = random;
    }

    JdkTicketKey sealing(Instant now) {
        List<Key> present = keys;
        return !present.isEmpty() && seals(present.get(0), now) ? present.get(0).derived : next(now);
    }

    List<JdkTicketKey> opening(Instant now) {
        List<Key> present = keys;
        return present.isEmpty()
                ? List.of()
                : present.stream()
                        .filter(key -> key.times.opensAt(now))
                        .map(Key::derived)
                        .toList();
    }

    synchronized void destroyExpired(Instant now) {
        List<Key> old = keys;
        keys = old.stream().filter(key -> now.isBefore(key.times.destroyAt())).toList();
        old.stream().filter(key -> !keys.contains(key)).forEach(key -> key.derived.destroy());
    }

    /** A random key that is not kept, for a ticket that must not be usable. */
    Object forUnusableTicket(Instant now) {
        return newKey(now)
                .derived
                .statelessKey(new Meaning(now.getEpochSecond(), false))
                .orElseThrow();
    }

    private synchronized JdkTicketKey next(Instant now) {
        if (keys.isEmpty() || !seals(keys.get(0), now)) {
            List<Key> old = keys;
            Key fresh = newKey(now);
            keys = old.isEmpty() ? List.of(fresh) : List.of(fresh, old.get(0));
            old.stream().skip(1).forEach(key -> key.derived.destroy());
        }
        return keys.get(0).derived;
    }

    private static boolean seals(Key key, Instant now) {
        return !now.isBefore(key.times.activateAt()) && now.isBefore(key.times.retireAt());
    }

    private Key newKey(Instant now) {
        KeyTimes times = new KeyTimes(
                now,
                now,
                now.plus(PERIOD),
                now.plus(PERIOD).plus(policy.ticketLifetime()).plus(policy.clockSkew()));
        TicketKey key = TicketKey.random(times, random);
        try {
            return new Key(times, JdkTicketKey.derive(key, derivation, internals));
        } finally {
            key.secret().destroy();
        }
    }
}
