package dev.gangway.acceptance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the server's machine, where the operator also makes the keys. */
final class ServerClock implements InstantSource {
    /** If it shows an earlier time, the clients' certificates are not valid yet, and the server rightly refuses them. */
    static final Duration FURTHEST_BACK = Duration.ofHours(-20);
    /** If it shows a later time, the clients' certificates have expired. */
    static final Duration FURTHEST_AHEAD = Duration.ofDays(20);

    private final Path file;
    private volatile Duration offset = Duration.ZERO;

    ServerClock(Path file) throws IOException {
        this.file = file;
        set(Duration.ZERO);
    }

    Path file() {
        return file;
    }

    Duration offset() {
        return offset;
    }

    /** Sets the clock's difference from the true time, in whole seconds and within the limits. */
    void set(Duration wanted) throws IOException {
        Duration within = wanted.compareTo(FURTHEST_BACK) < 0
                ? FURTHEST_BACK
                : wanted.compareTo(FURTHEST_AHEAD) > 0 ? FURTHEST_AHEAD : wanted;
        Path next = file.resolveSibling("next-clock");
        Files.writeString(next, (within.isNegative() ? "" : "+") + within.toSeconds() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        offset = Duration.ofSeconds(within.toSeconds());
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }
}
