package dev.gangway.acceptance.chaos;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container with an engine on a Java version.
 *
 * @param asksForCertificates whether the server requests client certificates
 */
record Combination(String container, String engine, JavaInstallation java, boolean asksForCertificates) {
    private static final Path TOMCAT_MODULE =
            Path.of("..", "tomcat-module", "target").toAbsolutePath().normalize();
    // Embedded Tomcat has no OpenSSL.
    private static final Path OPENSSL_CLASSES = TOMCAT_MODULE.resolve("classes/META-INF/versions/22");
    private static final int FIRST_JAVA_WITH_OPENSSL = 22;

    /** Whether this build has what engine {@code openssl} needs. */
    static boolean hasOpenSsl(JavaInstallation java) {
        return java.feature() >= FIRST_JAVA_WITH_OPENSSL && Files.isDirectory(OPENSSL_CLASSES);
    }

    /** The command that starts {@code main}, without its arguments. */
    List<String> command(Class<?> main) {
        List<String> command = new ArrayList<>(List.of(java.java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        if (engine.equals("openssl")) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(main.getName());
        return command;
    }

    String classPath() throws IOException {
        if (!engine.equals("openssl")) {
            return ForkedTests.classPath();
        }
        Path tomcat;
        try (Stream<Path> distributions = Files.list(TOMCAT_MODULE.resolve("tomcat"))) {
            tomcat = distributions
                    .filter(path -> path.getFileName().toString().startsWith("apache-tomcat-11."))
                    .findFirst()
                    .orElseThrow();
        }
        Stream<Path> embedded = Stream.of(ForkedTests.classPath().split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> !entry.toString().contains("tomcat-embed"))
                .filter(entry -> !entry.toString().contains("tomcat-annotations"));
        return Stream.of(
                        Stream.of(OPENSSL_CLASSES),
                        embedded,
                        jars(tomcat.resolve("lib")).stream(),
                        jars(tomcat.resolve("bin")).stream())
                .flatMap(entries -> entries)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String toString() {
        return container + ", " + engine + ", " + java + (asksForCertificates ? ", certificates" : "");
    }
}
