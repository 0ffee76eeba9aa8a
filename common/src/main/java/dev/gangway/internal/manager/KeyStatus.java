package dev.gangway.internal.manager;

import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One key of the ring. Holds no secret.
 *
 * @param name the key's name as 32 hexadecimal digits, as it is in key files
 * @param role what it does now
 * @param times its life; empty if its place in a list, and not the clock, says what it does
 */
public record KeyStatus(String name, Role role, Optional<KeyTimes> times) {
    /** What a key does at an instant. */
    public enum Role {
        /** Seals new tickets, and opens. */
        ACTIVE,
        /** Sealed before, and opens until its tickets have died. */
        PREVIOUS,
        /** Will seal, and opens already. */
        NEXT,
        /** Opens. It has no times that would tell whether it sealed before or will. */
        ACCEPT_ONLY
    }

    static List<KeyStatus> of(KeyRing ring, Instant now) {
        return ring.accepted().stream()
                .map(key -> new KeyStatus(key.name().toString(), role(key, ring, now), key.times()))
                .toList();
    }

    /** Such as {@code active 1a2b3c4d, previous 5e6f7a8b}: what each key does, as the log tells it. */
    public static String inWords(List<KeyStatus> keys) {
        Stream<String> all = keys.stream()
                .map(key -> key.role.name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                        + KeyName.parse(key.name).shortForm());
        boolean isAnyActive = keys.stream().anyMatch(key -> key.role == Role.ACTIVE);
        return Stream.concat(isAnyActive ? Stream.empty() : Stream.of("active none"), all)
                .collect(Collectors.joining(", "));
    }

    /** What the key of this name does in {@code ring} at {@code now}; empty if it is not one of the ring. */
    public static Optional<Role> roleOf(KeyName name, KeyRing ring, Instant now) {
        return ring.accepted(name).map(key -> role(key, ring, now));
    }

    private static Role role(TicketKey key, KeyRing ring, Instant now) {
        if (ring.active().isPresent() && ring.active().get() == key) {
            return Role.ACTIVE;
        }
        return key.times()
                .map(times -> times.activateAt().isAfter(now) ? Role.NEXT : Role.PREVIOUS)
                .orElse(Role.ACCEPT_ONLY);
    }
}
