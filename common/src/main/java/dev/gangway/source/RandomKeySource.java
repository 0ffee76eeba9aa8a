package dev.gangway.source;

import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.ScheduledKeyset;
import dev.gangway.keys.SecretBytes;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.WeakKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keys made in memory, for one node and no configuration. They rotate like a fleet's, are shared with nobody, and end
 * with the process.
 */
public final class RandomKeySource implements KeySource {
    private final KeyRotation rotation;
    private final SecureRandom random = new SecureRandom();
    private List<TicketKey> keys = List.of();
    private boolean offerAgain;

    private RandomKeySource(KeyRotation rotation) {
        this.rotation = rotation;
    }

    public static RandomKeySource of(KeyRotation rotation) {
        return new RandomKeySource(rotation);
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeyFileException {
        List<TicketKey> planned = rotation.upToNext(keys, now, random);
        if (planned.equals(keys) && !offerAgain) {
            return Optional.empty();
        }
        offerAgain = false;
        keys.stream()
                .filter(key -> !planned.contains(key))
                .forEach(key -> key.secret().destroy());
        keys = planned;
        try {
            // The caller destroys the keyset it replaces, so it gets its own copies of the secrets.
            return Optional.of(
                    ScheduledKeyset.of(keys.stream().map(RandomKeySource::copy).toList()));
        } catch (WeakKeyException e) {
            throw new KeyFileException("the random generator gave a weak key: " + e.getMessage(), e);
        }
    }

    private static TicketKey copy(TicketKey key) {
        byte[] secret = key.secret().copy();
        try {
            return TicketKey.scheduled(
                    key.name(), SecretBytes.copyOf(secret), key.times().orElseThrow());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void offerAgain() {
        offerAgain = true;
    }

    @Override
    public String describe() {
        return "random:";
    }
}
