package dev.gangway.engine.jdk;

import dev.gangway.keys.KeyDerivation;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** What SunJSSE needs of one ticket key: an AES-256-GCM key and the base of its {@linkplain KeyNumber numbers}. */
final class JdkTicketKey {
    private static final int AES_256 = 32;

    private final TicketKey source;
    private final int base;
    private final EngineSecretKey secretKey;
    private final SunJsseInternals internals;
    private final Object opener;

    private JdkTicketKey(TicketKey source, int base, EngineSecretKey secretKey, SunJsseInternals internals) {
        this.source = source;
        this.base = base;
        this.secretKey = secretKey;
        this.internals = internals;
        // The number inside is read only when sealing.
        this.opener = internals.newKey(base, secretKey);
    }

    static JdkTicketKey derive(TicketKey key, KeyDerivation derivation, SunJsseInternals internals) {
        byte[] name = derivation.derive(key, "name", Integer.BYTES);
        byte[] aes = derivation.derive(key, "seal", AES_256);
        try {
            return new JdkTicketKey(key, ByteBuffer.wrap(name).getInt(), EngineSecretKey.aes(aes), internals);
        } finally {
            Arrays.fill(aes, (byte) 0);
        }
    }

    /** Whether {@code key} is the one this was derived from, read again from its source. */
    boolean isSameAs(TicketKey key) {
        return source.name().equals(key.name()) && source.secret().sameAs(key.secret());
    }

    /** The same derived key, following the times of {@code key} from now on. */
    JdkTicketKey rescheduled(TicketKey key) {
        return new JdkTicketKey(key, base, secretKey, internals);
    }

    boolean sharesSecretWith(JdkTicketKey other) {
        return secretKey == other.secretKey;
    }

    boolean isFor(TicketKey key) {
        return source == key;
    }

    boolean opens(int number, Instant now, TicketPolicy policy) {
        return source.times().map(times -> times.opensAt(now)).orElse(true)
                && KeyNumber.isLive(number, base, now, policy.ticketLifetime(), policy.clockSkew());
    }

    Object opener() {
        return opener;
    }

    Object sealerFor(Instant now) {
        return internals.newKey(KeyNumber.of(base, now), secretKey);
    }

    void destroy() {
        secretKey.destroy();
    }
}
