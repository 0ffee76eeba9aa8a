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

/** A container in a separate process, started by the scripts of its distribution. */
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
     * @param directory the working directory
     * @param environment added to the environment of this process; Java flags of this process are not passed on
     * @param log the file for its output
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

    /** Waits until its output contains {@code pattern}. */
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

    /** Waits until it ends by itself, and returns its exit code. */
    int awaitExit() throws IOException, InterruptedException {
        if (!process.awaitEnd()) {
            throw new AssertionError("does not end:\n" + output());
        }
        return process.process().exitValue();
    }

    /** The process that serves: its child process, if it has one, such as the JVM that {@code start.jar} starts. */
    ProcessHandle server() {
        List<ProcessHandle> started = process.process().descendants().toList();
        return started.isEmpty() ? process.process().toHandle() : started.get(started.size() - 1);
    }

    /** All output so far. */
    String output() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    /** Sends SIGTERM to it and its child processes, so that the container can stop normally, and later SIGKILL. */
    @Override
    public void close() {
        process.stop();
    }
}
