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
 * One key of the ring. Contains no secret.
 *
 * @param name the key's name as 32 hexadecimal digits, as in key files
 * @param role the key's role at the time of the status
 * @param times the key's times; empty if its role follows from its place in a list
 */
public record KeyStatus(String name, Role role, Optional<KeyTimes> times) {
    /** The role of a key at an instant. */
    public enum Role {
        /** Seals new tickets, and opens. */
        ACTIVE,
        /** No longer seals, but opens until its tickets have expired. */
        PREVIOUS,
        /** Does not seal yet, but opens. */
        NEXT,
        /** Only opens. It has no times, so it is unknown whether it is a previous or a next key. */
        ACCEPT_ONLY
    }

    static List<KeyStatus> of(KeyRing ring, Instant now) {
        return ring.accepted().stream()
                .map(key -> new KeyStatus(key.name().toString(), role(key, ring, now), key.times()))
                .toList();
    }

    /** The role of each key, as logged, such as {@code active 1a2b3c4d, previous 5e6f7a8b}. */
    public static String inWords(List<KeyStatus> keys) {
        Stream<String> all = keys.stream()
                .map(key -> key.role.name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                        + KeyName.parse(key.name).shortForm());
        boolean isAnyActive = keys.stream().anyMatch(key -> key.role == Role.ACTIVE);
        return Stream.concat(isAnyActive ? Stream.empty() : Stream.of("active none"), all)
                .collect(Collectors.joining(", "));
    }

    /** The role in {@code ring} at {@code now} of the key with this name; empty if the ring does not contain it. */
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
