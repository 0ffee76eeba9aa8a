package dev.gangway.engine.jdk;

import dev.gangway.engine.jdk.KnownNumbers.Numbers;
import dev.gangway.keys.KeyDerivation;
import dev.gangway.keys.SecretBytes;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** What SunJSSE needs of one ticket key: the base of its {@linkplain KeyNumber numbers}, and an AES key for each number. */
final class JdkTicketKey {
    private static final int ROOT_LENGTH = 32;

    private final TicketKey source;
    private final int base;
    private final SecretBytes root;
    private final SunJsseInternals internals;

    private JdkTicketKey(TicketKey source, int base, SecretBytes root, SunJsseInternals internals) {
        this.source = source;
        this.base = base;
        this.root = root;
        this.internals = internals;
    }

    static JdkTicketKey derive(TicketKey key, KeyDerivation derivation, SunJsseInternals internals) {
        int base = base(key, derivation);
        byte[] root = derivation.derive(key, "seal", ROOT_LENGTH);
        try {
            return new JdkTicketKey(key, base, SecretBytes.copyOf(root), internals);
        } finally {
            Arrays.fill(root, (byte) 0);
        }
    }

    /** What a key's numbers start from. It is in every ticket, and no secret. */
    static int base(TicketKey key, KeyDerivation derivation) {
        return ByteBuffer.wrap(derivation.derive(key, "name", Integer.BYTES)).getInt();
    }

    /** Whether {@code key} is the one this was derived from, read again from its source. */
    boolean isSameAs(TicketKey key) {
        return source.name().equals(key.name()) && source.secret().sameAs(key.secret());
    }

    /** The same derived key, following the times of {@code key} from now on. */
    JdkTicketKey rescheduled(TicketKey key) {
        return new JdkTicketKey(key, base, root, internals);
    }

    boolean sharesSecretWith(JdkTicketKey other) {
        return root == other.root;
    }

    boolean isFor(TicketKey key) {
        return source == key;
    }

    Numbers numbers() {
        return new Numbers(source.name(), base, source.times());
    }

    boolean opens(int number, Instant now, TicketPolicy policy) {
        return source.times().map(times -> times.opensAt(now)).orElse(true)
                && KeyNumber.isLive(number, base, now, policy.ticketLifetime(), policy.clockSkew());
    }

    /** SunJSSE's key object for tickets that bear {@code number}. */
    Object statelessKey(int number) {
        return internals.newKey(number, new NumberedKey(root, number));
    }

    Object sealerFor(Instant now) {
        return statelessKey(KeyNumber.of(base, now));
    }

    void destroy() {
        root.destroy();
    }
}
