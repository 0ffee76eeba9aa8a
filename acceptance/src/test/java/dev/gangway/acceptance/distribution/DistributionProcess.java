package dev.gangway.acceptance.distribution;

import dev.gangway.testing.Await;
import dev.gangway.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container that runs as a process of its own, as its distribution starts it. */
final class DistributionProcess implements AutoCloseable {
    private final ChildProcess process;
    private final Path log;

    private DistributionProcess(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code command}.
     *
     * @param directory where it runs
     * @param environment what to set beside what this process has; Java flags of this process are not passed on
     * @param log the file that takes all it prints
     */
    static DistributionProcess start(Path directory, Map<String, String> environment, Path log, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CLASSPATH"));
        builder.environment().putAll(environment);
        return new DistributionProcess(ChildProcess.start(builder), log);
    }

    /** Waits until what it has printed contains {@code pattern}. */
    Matcher await(Pattern pattern) throws IOException, InterruptedException {
        Await.comesTrue(
                ChildProcess.TIMEOUT,
                () -> !process.process().isAlive() || pattern.matcher(output()).find());
        boolean alive = process.process().isAlive();
        String output = output();
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new AssertionError(
                    (alive ? "no line like '" : "ended without a line like '") + pattern + "':\n" + output);
        }
        return matcher;
    }

    /** Waits until it has ended by itself, and gives its exit code. */
    int awaitExit() throws IOException, InterruptedException {
        if (!process.awaitEnd()) {
            throw new AssertionError("does not end:\n" + output());
        }
        return process.process().exitValue();
    }

    /** The process that serves: what it has started, if it has, as {@code start.jar} does with a second JVM. */
    ProcessHandle server() {
        List<ProcessHandle> started = process.process().descendants().toList();
        return started.isEmpty() ? process.process().toHandle() : started.get(started.size() - 1);
    }

    /** All it has printed so far. */
    String output() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    /** SIGTERM to it and what it has started, which gives a container the time for an orderly stop; SIGKILL after that. */
    @Override
    public void close() {
        process.stop();
    }
}
