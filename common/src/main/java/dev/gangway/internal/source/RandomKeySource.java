package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keys made in memory, for one node without configuration. They rotate like the keys of a fleet, are not shared with
 * other nodes, and exist until the process ends.
 */
public final class RandomKeySource implements KeysetSource {
    private final KeyRotation rotation;
    private final SecureRandom random = new SecureRandom();
    private List<TicketKey> keys = List.of();
    private boolean offerAgain;
    private boolean closed;

    private RandomKeySource(KeyRotation rotation) {
        this.rotation = rotation;
    }

    public static RandomKeySource of(KeyRotation rotation) {
        return new RandomKeySource(rotation);
    }

    @Override
    public synchronized Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        if (closed) {
            return Optional.empty();
        }
        List<TicketKey> planned = rotation.withNextKey(keys, now, random);
        if (planned.equals(keys) && !offerAgain) {
            return Optional.empty();
        }
        offerAgain = false;
        keys.stream()
                .filter(key -> !planned.contains(key))
                .forEach(key -> key.secret().destroy());
        keys = planned;
        try {
            // The caller destroys the keyset that it replaces, so it gets copies of the secrets.
            return Optional.of(
                    ScheduledKeyset.of(keys.stream().map(RandomKeySource::copy).toList()));
        } catch (WeakKeyException e) {
            throw new KeySourceException("the random generator gave a weak key: " + e.getMessage(), e);
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
    public synchronized void forgetLast() {
        offerAgain = true;
    }

    @Override
    public synchronized void close() {
        keys.forEach(key -> key.secret().destroy());
        keys = List.of();
        closed = true;
    }

    @Override
    public String describe() {
        return "random:";
    }
}
