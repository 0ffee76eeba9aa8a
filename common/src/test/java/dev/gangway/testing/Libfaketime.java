package dev.gangway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows a process the time that a file says, or as much more or less than the true one: engines in C take no clock. */
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
     * What goes in front of a command whose process is to see the time of {@code clock}.
     *
     * @param clock a time in UTC such as {@code 2026-06-01 12:00:00}, at which time stands still, or a number of seconds with its
     *     sign, such as {@code -3600}, by which its time differs; to be replaced as often as one likes
     */
    public List<String> withClock(Path clock) {
        return List.of(
                "/usr/bin/env",
                "TZ=UTC",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + clock,
                "FAKETIME_NO_CACHE=1",
                // Waiting goes by the monotonic clock, which must not stand still.
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // The times of files are those of whoever wrote them.
                "NO_FAKE_STAT=1");
    }
}
