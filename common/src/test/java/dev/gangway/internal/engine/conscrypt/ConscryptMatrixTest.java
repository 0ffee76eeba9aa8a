package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.LongForm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the Conscrypt tests with every version of Conscrypt on the oldest and the newest Java, with no JVM flag. */
class ConscryptMatrixTest {
    private static final Path JARS = Path.of("target", "conscrypt");

    // Two at a time: each spends a third of its time waiting for tickets to expire.
    private final ExecutorService runs = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        runs.shutdownNow();
    }

    @TestFactory
    List<DynamicTest> conscryptTests_everyVersionOnOldestAndNewestJava_pass() throws IOException {
        List<JavaInstallation> all = JavaInstallations.all();
        // Java versions between the oldest and the newest make no difference to Conscrypt.
        List<JavaInstallation> javas = LongForm.isAskedFor() ? all : List.of(all.get(0), all.get(all.size() - 1));
        List<Path> jars;
        try (Stream<Path> files = Files.list(JARS)) {
            jars = files.sorted().toList();
        }
        assertThat(jars).hasSize(3);
        return jars.stream()
                .flatMap(jar -> javas.stream().map(java -> {
                    Future<ForkedTests.Result> run = runs.submit(() -> run(jar, java));
                    return DynamicTest.dynamicTest(jar.getFileName() + " on " + java, () -> {
                        ForkedTests.Result result = run.get();
                        assertThat(result.exitCode()).as(result.output()).isZero();
                        System.out.println(jar.getFileName() + " on " + java + ":\n" + result.output());
                    });
                }))
                .toList();
    }

    @Test
    void conscryptTests_withCheckedJni_onlyConscryptsOwnCallsAreWarnedOf() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(JavaInstallations.running().java().toString());
        command.add("-Xcheck:jni");
        command.addAll(ForkedTests.again("--select-class", ConscryptTicketKeysTest.class.getName()));

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("FATAL ERROR in native method");
        // Stock Conscrypt calls Java without an immediate check for exceptions; Gangway has no native code.
        assertThat(result.output().lines().filter(line -> line.startsWith("WARNING in native method")))
                .allMatch(
                        line -> line.contains("JNI call made without checking exceptions when required to from Call"));
    }

    private static ForkedTests.Result run(Path jar, JavaInstallation java) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(java.java().toString());
        command.addAll(
                ForkedTests.again("--select-package", "dev.gangway.internal.engine", "--include-tag", "conscrypt"));
        return ForkedTests.run(command, classPathWith(jar));
    }

    private static String classPathWith(Path jar) {
        String others = Arrays.stream(ForkedTests.classPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("conscrypt-openjdk-uber"))
                .collect(Collectors.joining(File.pathSeparator));
        return jar.toAbsolutePath() + File.pathSeparator + others;
    }
}
