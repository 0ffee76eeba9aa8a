package dev.gangway.examples.cluster;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The key file of a fleet; only this class writes to it. */
public final class SharedKeyFile {
    // All nodes run on one machine and use the same clock.
    private static final Duration SKEW = Duration.ofSeconds(1);

    private final Path path;
    private final KeyRotation rotation;
    private final SecureRandom random = new SecureRandom();
    private List<TicketKey> keys;

    private SharedKeyFile(Path path, KeyRotation rotation) {
        this.path = path;
        this.rotation = rotation;
    }

    public static SharedKeyFile create(Path path, Duration ticketLifetime) throws IOException {
        // Keys that are not rotated seal for a day or, if it is longer, for the ticket lifetime.
        Duration day = Duration.ofDays(1);
        Duration period = ticketLifetime.compareTo(day) > 0 ? ticketLifetime : day;
        SharedKeyFile file = new SharedKeyFile(path, new KeyRotation(period, ticketLifetime, SKEW));
        file.replace(file.rotation.initialKeys(Instant.now(), file.random));
        return file;
    }

    Path path() {
        return path;
    }

    /** Sets the activation of the next key, which every node already accepts, to {@code switchAt}. */
    public synchronized void withImmediateKey(Instant switchAt) throws IOException {
        replace(rotation.withImmediateKey(keys, Instant.now(), switchAt, random));
    }

    /** The active key. */
    synchronized KeyName sealing() {
        Instant now = Instant.now();
        return keys.stream()
                .filter(key -> key.times().orElseThrow().sealsAt(now))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private synchronized void replace(List<TicketKey> planned) throws IOException {
        KeyFileWriter.writeKeyset(path, planned);
        keys = planned;
    }

    /** Wipes this process's copies of the secrets. */
    public synchronized void forget() {
        keys.forEach(key -> key.secret().destroy());
    }
}
