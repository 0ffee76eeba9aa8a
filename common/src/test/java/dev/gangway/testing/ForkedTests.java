package dev.gangway.testing;

import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs tagged tests of the running class path in a JVM of another Java installation. */
public final class ForkedTests {
    private ForkedTests() {}

    // The longest takes two minutes on an idle machine; busy machines need longer.
    static final Duration TIMEOUT = Duration.ofMinutes(30);

    private static final String JVM_ARGUMENTS = "gangway.test.jvm.args";

    /** The exit code of the other JVM, and its output. */
    public record Result(int exitCode, String output) {}

    /** A test for each other Java release, which runs every test below {@code packageName} that has {@code tag}. */
    public static Stream<DynamicTest> onOtherJavaVersions(String packageName, String tag) {
        return Stream.concat(
                JavaInstallations.others().stream()
                        .map(java -> DynamicTest.dynamicTest(java.toString(), () -> {
                            Result result = run(java, packageName, tag);
                            if (result.exitCode() != 0) {
                                throw new AssertionError(result.output());
                            }
                            // Shows in the build's log which version ran.
                            System.out.println(java + " at " + java.home() + ":\n" + result.output());
                        })),
                JavaInstallations.missing().stream()
                        .map(feature -> DynamicTest.dynamicTest(
                                "Java " + feature,
                                () -> Prerequisite.require(false, JavaInstallations.howToGet(feature)))));
    }

    /** Runs every test below {@code packageName} that has {@code tag}, on {@code java} with the build's JVM flags. */
    public static Result run(JavaInstallation java, String packageName, String tag)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.java().toString());
        command.addAll(jvmArguments());
        // For tests in that JVM that start JVMs too.
        command.add("-D" + JVM_ARGUMENTS + "=" + String.join(" ", jvmArguments()));
        command.addAll(again("--select-package", packageName, "--include-tag", tag));
        return run(command, classPath());
    }

    /** The arguments that make a JVM run tests instead of a program. */
    public static List<String> launcher(String... selection) {
        List<String> arguments = new ArrayList<>(List.of("org.junit.platform.console.ConsoleLauncher", "execute"));
        arguments.addAll(List.of(selection));
        arguments.addAll(List.of(
                "--include-classname",
                ".*Test",
                "--include-engine",
                "junit-jupiter",
                "--fail-if-no-tests",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=tree"));
        return arguments;
    }

    /** The arguments that make a JVM run tests which another JVM of this build runs too. */
    public static List<String> again(String... selection) {
        List<String> arguments = new ArrayList<>(List.of("-D" + LongForm.AGAIN + "=true"));
        arguments.addAll(launcher(selection));
        return arguments;
    }

    /** The class path of this JVM. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The JVM flags the build gives its tests. */
    public static List<String> jvmArguments() {
        String arguments = System.getProperty(JVM_ARGUMENTS, "");
        List<String> all = new ArrayList<>(
                arguments.isBlank() ? List.of() : List.of(arguments.strip().split("\\s+", -1)));
        if (LongForm.isAskedFor()) {
            all.add("-D" + LongForm.PROPERTY + "=true");
        }
        return all;
    }

    /** Runs {@code command} with the class path of this JVM in its environment. */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, classPath());
    }

    /**
     * Runs {@code command} with {@code classPath} in its environment.
     *
     * @throws IOException with its output if it exceeds the time limit and has been killed
     */
    public static Result run(List<String> command, String classPath) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", classPath);
        environment.remove("JDK_JAVA_OPTIONS");
        ChildProcess.Ended ended = ChildProcess.run(builder, "", TIMEOUT);
        return new Result(ended.exitCode(), ended.output());
    }
}
