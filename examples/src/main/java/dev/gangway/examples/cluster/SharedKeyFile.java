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

/** The key file of a fleet, and the only writer of it. */
final class SharedKeyFile {
    // All nodes are on one machine and read one clock.
    private static final Duration SKEW = Duration.ofSeconds(1);

    private final Path path;
    private final KeyRotation rotation;
    private final SecureRandom random = new SecureRandom();
    private List<TicketKey> keys;

    private SharedKeyFile(Path path, KeyRotation rotation) {
        this.path = path;
        this.rotation = rotation;
    }

    static SharedKeyFile create(Path path, Duration ticketLifetime) throws IOException {
        // Keys that nobody rotates seal for a day or, if tickets live longer, for as long as a ticket lives.
        Duration day = Duration.ofDays(1);
        Duration period = ticketLifetime.compareTo(day) > 0 ? ticketLifetime : day;
        SharedKeyFile file = new SharedKeyFile(path, new KeyRotation(period, ticketLifetime, SKEW));
        file.replace(file.rotation.initialKeys(Instant.now(), file.random));
        return file;
    }

    Path path() {
        return path;
    }

    /** Plans that the next key, which every node already accepts, takes over at {@code switchAt}. */
    synchronized void withImmediateKey(Instant switchAt) throws IOException {
        replace(rotation.withImmediateKey(keys, Instant.now(), switchAt, random));
    }

    /** The key that seals now. */
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

    /** Wipes the secrets this process holds. */
    synchronized void forget() {
        keys.forEach(key -> key.secret().destroy());
    }
}
