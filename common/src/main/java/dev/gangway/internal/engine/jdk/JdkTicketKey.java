package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.KeysByTicketNumber.KnownKey;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What SunJSSE needs of one ticket key: its {@linkplain TicketNumbers numbers}, and an AES key for each of them. */
final class JdkTicketKey {
    private static final int ROOT_LENGTH = 32;

    private final TicketKey source;
    private final TicketNumbers numbers;
    private final SecretBytes root;
    private final SunJsseInternals internals;

    private JdkTicketKey(TicketKey source, TicketNumbers numbers, SecretBytes root, SunJsseInternals internals) {
        this.source = source;
        this.numbers = numbers;
        this.root = root;
        this.internals = internals;
    }

    static JdkTicketKey derive(TicketKey key, KeyDerivation derivation, SunJsseInternals internals) {
        TicketNumbers numbers = TicketNumbers.derive(key, derivation);
        byte[] root = derivation.derive(key, "seal", ROOT_LENGTH);
        try {
            return new JdkTicketKey(key, numbers, SecretBytes.copyOf(root), internals);
        } finally {
            Arrays.fill(root, (byte) 0);
        }
    }

    /** Whether this was derived from {@code key}, which may have been read again from its source. */
    boolean isSameAs(TicketKey key) {
        return source.name().equals(key.name()) && source.secret().sameAs(key.secret());
    }

    /** The same derived key, with the times of {@code key}. */
    JdkTicketKey rescheduled(TicketKey key) {
        return new JdkTicketKey(key, numbers, root, internals);
    }

    boolean sharesSecretWith(JdkTicketKey other) {
        return root == other.root;
    }

    boolean isFor(TicketKey key) {
        return source == key;
    }

    KnownKey known() {
        return new KnownKey(source.name(), numbers, source.times());
    }

    /** What {@code number} encodes, if it is a number of this key for a session that may still be resumed. */
    Optional<Meaning> opens(int number, Instant now, TicketPolicy policy) {
        return source.times().map(times -> times.opensAt(now)).orElse(true)
                ? numbers.live(number, now, policy.ticketLifetime(), policy.clockSkew())
                : Optional.empty();
    }

    /**
     * SunJSSE's key object for tickets with this meaning. It stays usable after this key has been destroyed.
     *
     * @return empty if this key has been destroyed
     */
    Optional<Object> statelessKey(Meaning meaning) {
        return numberedKey(meaning).map(key -> statelessKey(meaning, key));
    }

    /** {@link #statelessKey(Meaning)}, if its AES key has already been derived. */
    Object statelessKey(Meaning meaning, PerNumberKey key) {
        return internals.newKey(numbers.numberOf(meaning), key);
    }

    /**
     * The AES key of {@link #statelessKey}.
     *
     * @return empty if this key has been destroyed
     */
    Optional<PerNumberKey> numberedKey(Meaning meaning) {
        return PerNumberKey.derive(root, meaning);
    }

    void destroy() {
        root.destroy();
    }
}
