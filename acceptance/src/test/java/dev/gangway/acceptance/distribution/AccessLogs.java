package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Access logs of stopped servers. */
final class AccessLogs {
    private AccessLogs() {}

    /**
     * Asserts, by the five attributes at the end of each line, that a client connected twice and resumed with a ticket of
     * {@code key}. The lines may be in any order, because a line is written after the response, possibly after the client's
     * next connection.
     */
    static void assertOneFullAndOneResumed(Path folder, String prefix, KeyName key) throws IOException {
        assertThat(linesIn(folder, prefix))
                // Without the connector's self-test, which sends no request, but for which Tomcat with OpenSSL writes a
                // line.
                .filteredOn(line -> !line.contains("\"-\" 400 "))
                .satisfiesExactlyInAnyOrder(
                        full -> assertThat(full).endsWith(" 200 false full-without-ticket - - 0"),
                        resumed -> assertThat(resumed)
                                .matches(".* 200 true resumed-active-key " + key.shortForm() + " \\d+ \\d+"));
    }

    /** All lines of the files in {@code folder} whose names begin with {@code prefix}. */
    static List<String> linesIn(Path folder, String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
