package dev.gangway.engine.jdk;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The four bytes in clear at the head of a SunJSSE ticket. SunJSSE takes them for a key's serial number and looks the key
 * up by them; it never checks how old a ticket is.
 *
 * <p>Gangway therefore puts two things into them: which key sealed the ticket, and when:
 *
 * <pre>number = base of the key + (Unix second of sealing mod 2^22), modulo 2^32</pre>
 *
 * <p>{@link NumberedKey} makes sure that nobody can change it.
 *
 * <p>The base is derived from the key and looks random. 2^22 seconds are 48 days, far above the seven days a ticket may
 * live. With tickets that live for {@code L} seconds, two keys of a ring can be mistaken for one another with a chance of
 * {@code 2 L / 2^32} (one in 100,000 for six hours); the cost of a mistake is one full handshake.
 */
final class KeyNumber {
    private static final int TIME_MASK = (1 << 22) - 1;

    private KeyNumber() {}

    static int of(int base, Instant sealedAt) {
        return base + second(sealedAt);
    }

    /**
     * Whether {@code number} is one the key with this base gave out less than {@code lifetime} ago, or no further than
     * {@code skew} ahead of {@code now}, when a node with a faster clock did. Both in whole seconds, as BoringSSL counts.
     */
    static boolean isLive(int number, int base, Instant now, Duration lifetime, Duration skew) {
        int sealed = number - base;
        if (sealed < 0 || sealed > TIME_MASK) {
            return false;
        }
        int age = (second(now) - sealed) & TIME_MASK;
        int lead = (sealed - second(now)) & TIME_MASK;
        return age < lifetime.toSeconds() || lead <= skew.toSeconds();
    }

    /**
     * The Unix second in which the key with this base gave out {@code number}, if it did so within the last 48 days, or no
     * further than {@code skew} ahead of {@code now}.
     */
    static OptionalLong sealedAt(int number, int base, Instant now, Duration skew) {
        int sealed = number - base;
        if (sealed < 0 || sealed > TIME_MASK) {
            return OptionalLong.empty();
        }
        int lead = (sealed - second(now)) & TIME_MASK;
        int age = (second(now) - sealed) & TIME_MASK;
        return OptionalLong.of(now.getEpochSecond() + (lead <= skew.toSeconds() ? lead : -age));
    }

    private static int second(Instant instant) {
        return (int) instant.getEpochSecond() & TIME_MASK;
    }
}
