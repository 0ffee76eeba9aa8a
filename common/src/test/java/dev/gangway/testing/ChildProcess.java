package dev.gangway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that a test starts. It does not outlive its test or this JVM, and has a time limit: after that it is killed with
 * all processes that it started, and the test fails with its output.
 */
public final class ChildProcess implements AutoCloseable {
    /** The time limit for a program that takes a moment on an idle machine. */
    public static final Duration TIMEOUT = Duration.ofMinutes(3);

    // The time for a server to stop normally.
    private static final Duration STOP = Duration.ofSeconds(30);

    private static final long LOOK_MILLIS = 200;

    private static final Set<ChildProcess> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // For the case that the build ends this JVM, such as after a time limit.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(ChildProcess::kill)));
    }

    private final Process process;
    // All children found so far: after the end of their parent, they can no longer be found.
    private final Set<ProcessHandle> tree = ConcurrentHashMap.newKeySet();

    private ChildProcess(Process process) {
        this.process = process;
        tree.add(process.toHandle());
    }

    /** The exit code of a process, and the output of both streams. */
    public record Ended(int exitCode, String output) {}

    /** Starts a process that runs until {@link #stop} or {@link #close}. */
    public static ChildProcess start(ProcessBuilder builder) throws IOException {
        ChildProcess child = new ChildProcess(builder.start());
        OPEN.add(child);
        return child;
    }

    /** As {@link #run(ProcessBuilder, String, Duration)}, with {@link #TIMEOUT}. */
    public static Ended run(List<String> command, String input) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command), input, TIMEOUT);
    }

    /**
     * Runs a process to its end, and to the end of its children that have its output open.
     *
     * @param input the content of its standard input
     * @throws IOException with its output, if it has not ended after {@code patience} and has been killed
     */
    public static Ended run(ProcessBuilder builder, String input, Duration patience)
            throws IOException, InterruptedException {
        try (ChildProcess child = start(builder.redirectErrorStream(true))) {
            Process process = child.process;
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            Thread reader = daemon("child-output", () -> read(process, output));
            // By another thread, because a process that hangs may never read.
            daemon("child-input", () -> write(process, input));
            if (!child.awaitEnd(patience)) {
                throw hangs("it had not ended", patience, builder.command(), output);
            }
            // A child of the process may still run, and have the output open.
            reader.join(patience.toMillis());
            if (reader.isAlive()) {
                throw hangs("it ended, but a child of it had not ended", patience, builder.command(), output);
            }
            return new Ended(process.exitValue(), output.toString(StandardCharsets.UTF_8));
        }
    }

    public Process process() {
        return process;
    }

    /**
     * Waits until it has ended by itself, for {@link #TIMEOUT} at most.
     *
     * @return whether it has ended
     */
    public boolean awaitEnd() throws InterruptedException {
        return awaitEnd(TIMEOUT);
    }

    /** Sends SIGTERM to it and to all processes that it started, so that a server can stop normally, and later SIGKILL. */
    public void stop() {
        stop(STOP);
    }

    void stop(Duration patience) {
        look();
        tree.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + patience.toNanos();
        for (ProcessHandle handle : tree) {
            try {
                handle.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // Killed by close().
            }
        }
        close();
    }

    /** Sends SIGKILL to it and to all processes that it started. */
    @Override
    public void close() {
        kill();
        OPEN.remove(this);
    }

    private boolean awaitEnd(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            look();
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } while (System.nanoTime() < end);
        return false;
    }

    private void kill() {
        look();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private void look() {
        process.descendants().forEach(tree::add);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(Process process, ByteArrayOutputStream output) {
        try {
            process.getInputStream().transferTo(output);
        } catch (IOException e) {
            // The process was killed; the output until then is complete.
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything; its output shows why.
        }
    }

    private static IOException hangs(
            String what, Duration patience, List<String> command, ByteArrayOutputStream output) {
        return new IOException("killed, because " + what + " after " + patience + ": " + command + "\n"
                + output.toString(StandardCharsets.UTF_8));
    }
}
