package dev.gangway.acceptance.distribution;

import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The supported Jetty versions, and the zip that installs Gangway in them. */
final class JettyDistribution {
    /** The versions that the build downloads. */
    static final List<String> VERSIONS = List.of("12.0.38", "12.1.12");

    static final List<String> ENGINES = List.of("jdk", "conscrypt");
    static final List<String> PROTOCOLS = List.of("tls1_2", "tls1_3");

    private JettyDistribution() {}

    /** The {@code JETTY_HOME} of this version. */
    static Path home(String version) throws IOException {
        return existing(Path.of("target", "archives", "jetty-home-" + version), "mvn process-test-resources");
    }

    /** Gangway's zip of this build. */
    static Path zip() throws IOException {
        return existing(
                RepositoryFiles.ROOT.resolve("jetty-module/target/gangway-jetty-" + RepositoryFiles.version() + ".zip"),
                "mvn package");
    }

    /** Each version, engine and Java. */
    static Stream<Arguments> cases() {
        return VERSIONS.stream()
                .flatMap(version -> ENGINES.stream()
                        .flatMap(engine -> JavaInstallations.all().stream()
                                .map((JavaInstallation java) -> Arguments.of(version, engine, java))));
    }

    private static Path existing(Path path, String command) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toAbsolutePath().toString(), null, "run '" + command + "' first");
        }
        return path.toAbsolutePath();
    }
}
