package dev.gangway.acceptance.distribution;

import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what a test has seen, one file with one line for each case, for {@code .ci/matrix}, which makes README's table of
 * it. A line has five fields with tabs between them: container and version, engine, Java, protocol, what was seen.
 */
final class CompatibilityMatrix {
    private static final Path DIRECTORY = Path.of("target", "matrix");

    private CompatibilityMatrix() {}

    /**
     * Records one case; to be called after the assertions.
     *
     * @param container such as {@code Tomcat 9.0.122}
     * @param engine such as {@code jdk}
     * @param tls {@code tls1_2} or {@code tls1_3}, as openssl says it
     * @param seen a word or two: {@code resumes}, or why not
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
