package dev.gangway.acceptance.distribution;

import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records the results of tests, in a file with one line for each case. From them {@code .ci/matrix} makes the table in the
 * README. A line has five fields separated by tabs: container and version, engine, Java, protocol, result.
 */
final class CompatibilityMatrix {
    private static final Path DIRECTORY = Path.of("target", "matrix");

    private CompatibilityMatrix() {}

    /**
     * Records one case; to be called after the assertions.
     *
     * @param container such as {@code Tomcat 9.0.122}
     * @param engine such as {@code jdk}
     * @param tls {@code tls1_2} or {@code tls1_3}, as in openssl's options
     * @param seen a word or two: {@code resumes}, or the reason why not
     */
    static void record(String container, String engine, JavaInstallation java, String tls, String seen)
            throws IOException {
        String protocol = tls.replace("tls1_", "TLS 1.");
        Files.createDirectories(DIRECTORY);
        Files.writeString(
                DIRECTORY.resolve(String.join("-", container, engine, java.toString(), protocol)
                        .replace(' ', '_')),
                String.join("\t", container, engine, java.toString(), protocol, seen) + "\n");
    }
}
