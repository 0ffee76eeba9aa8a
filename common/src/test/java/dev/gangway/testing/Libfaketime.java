package dev.gangway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sets the clock of a process from a file, absolutely or relatively: engines in C have no injectable clock. */
public final class Libfaketime {
    private final Path library;

    private Libfaketime(Path library) {
        this.library = library;
    }

    /** Empty if it is not installed (Debian package faketime). */
    public static Optional<Libfaketime> find() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path lib : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"))) {
            folders.add(lib);
            if (Files.isDirectory(lib)) {
                try (Stream<Path> children = Files.list(lib)) {
                    folders.addAll(children.filter(Files::isDirectory).toList());
                }
            }
        }
        return folders.stream()
                .map(parent -> parent.resolve("faketime/libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst()
                .map(Libfaketime::new);
    }

    /**
     * The beginning of a command whose process has the time of {@code clock}.
     *
     * @param clock a file with a time in UTC such as {@code 2026-06-01 12:00:00}, at which the clock stands still, or with a
     * difference in seconds, such as {@code -3600}; may be replaced at any time
     */
    public List<String> withClock(Path clock) {
        return List.of(
                "/usr/bin/env",
                "TZ=UTC",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + clock,
                "FAKETIME_NO_CACHE=1",
                // Waits use the monotonic clock, which must not stand still.
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Java waits by the monotonic clock, which libfaketime 0.9.10 otherwise takes for the other one: every
                // wait ends at once, and the process is busy.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                // The times of files remain the real ones.
                "NO_FAKE_STAT=1");
    }
}
