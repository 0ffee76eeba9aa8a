package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.Prerequisite;
import dev.gangway.tomcat.internal.OpenSslSupport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests of engine {@code openssl} on each Java from 22 on, with each Tomcat distribution. */
class OpenSslOnNewerJavaTest {
    private static final Path TOMCATS = Path.of(System.getProperty("gangway.test.tomcats"));
    private static final Path CLASSES = Path.of(System.getProperty("gangway.test.java22.classes"));

    @TestFactory
    Stream<DynamicTest> openSslTests_eachJavaAndTomcat_pass() throws IOException {
        Prerequisite.require(
                Files.isDirectory(CLASSES), "engine 'openssl': this build was made without a JDK 22 or later");
        List<JavaInstallation> javas = Stream.concat(
                        Stream.of(JavaInstallations.running()), JavaInstallations.others().stream())
                .filter(java -> java.feature() >= OpenSslSupport.FIRST_JAVA)
                .toList();
        assertThat(javas).as("the Java that the engine was compiled with").isNotEmpty();
        List<Path> tomcats = list(TOMCATS).stream().filter(Files::isDirectory).toList();
        return javas.stream()
                .flatMap(java -> tomcats.stream()
                        .map(tomcat -> DynamicTest.dynamicTest(java + ", " + tomcat.getFileName(), () -> {
                            boolean first = java.equals(javas.get(0)) && tomcat.equals(tomcats.get(0));
                            assertTestsPass(java, tomcat, !first);
                        })));
    }

    private static void assertTestsPass(JavaInstallation java, Path tomcat, boolean again) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.add("--enable-native-access=ALL-UNNAMED");
        String[] selection = {"--select-package", "dev.gangway.tomcat", "--include-tag", "openssl"};
        command.addAll(again ? ForkedTests.again(selection) : ForkedTests.launcher(selection));
        ForkedTests.Result result = ForkedTests.run(command, classPath(tomcat));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("WARNING: A restricted method");
        // Shows in the build's log which tests ran.
        System.out.println(java + " with " + tomcat.getFileName() + ":\n" + result.output());
    }

    /** This class path, with a whole Tomcat instead of the embedded one. */
    private static String classPath(Path tomcat) throws IOException {
        Stream<Path> jars = Stream.concat(list(tomcat.resolve("lib")).stream(), list(tomcat.resolve("bin")).stream())
                .filter(jar -> jar.toString().endsWith(".jar"));
        return Stream.of(
                        Stream.of(CLASSES),
                        Stream.of(ForkedTests.classPath().split(File.pathSeparator, -1))
                                .map(Path::of)
                                .filter(entry -> !entry.toString().contains("tomcat-embed"))
                                .filter(entry -> !entry.toString().contains("tomcat-annotations")),
                        jars)
                .flatMap(entries -> entries)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
