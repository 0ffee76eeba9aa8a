package dev.gangway.acceptance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the server's machine, and of the operator who makes its keys there. */
final class ServerClock implements InstantSource {
    /** Further back, the clients' certificates are not valid yet, and the server is right not to let them in. */
    static final Duration FURTHEST_BACK = Duration.ofHours(-20);
    /** Further ahead, they have ended. */
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

    /** Sets it, in whole seconds, to so much more or less than the true time, within its limits. */
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
