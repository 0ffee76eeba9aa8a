package dev.gangway.acceptance.chaos;

import dev.gangway.testing.Libfaketime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The test's side of a {@link ChaosServer}. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "READY";
    // For a heavily overloaded machine.
    private static final int PATIENCE_SECONDS = 180;

    private final Process process;
    private final Writer commands;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();
    private int port;

    private ServerProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a server with the time of {@code clock}, and waits until it serves. */
    static ServerProcess start(
            Combination combination, ServerSettings settings, Libfaketime faketime, ServerClock clock, Path log)
            throws Exception {
        List<String> command = new ArrayList<>(faketime.withClock(clock.file()));
        command.addAll(combination.command(ChaosServer.class));
        command.addAll(settings.toArguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("CLASSPATH", combination.classPath());
        ServerProcess server = new ServerProcess(builder.start());
        CompletableFuture<String> ready = new CompletableFuture<>();
        server.awaited.put(READY, ready);
        Thread reader = new Thread(server::read, "chaos-answers");
        reader.setDaemon(true);
        reader.start();
        boolean serves = false;
        try {
            server.port = Integer.parseInt(ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            serves = true;
            return server;
        } finally {
            if (!serves) {
                server.close();
            }
        }
    }

    int port() {
        return port;
    }

    /** Sends a command and waits for its result. */
    String ask(String command) throws Exception {
        return send(command).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a command, which runs concurrently with unfinished ones. */
    CompletableFuture<String> send(String command) throws IOException {
        String number = String.valueOf(numbers.incrementAndGet());
        CompletableFuture<String> answer = new CompletableFuture<>();
        awaited.put(number, answer);
        synchronized (commands) {
            commands.write(number + " " + command + "\n");
            commands.flush();
        }
        return answer;
    }

    /** The state that it reports after two poll intervals. */
    Seen settle() throws Exception {
        String answer = ask("settle");
        if (answer.startsWith("FAILED")) {
            throw new AssertionError(answer);
        }
        return Seen.ofLine(answer);
    }

    /**
     * Suspends the process with SIGSTOP, does {@code work}, and resumes the process after {@code pause}. Another process
     * resumes it, so that it does not stay suspended if this process is killed.
     */
    void suspend(Duration pause, Work work) throws Exception {
        Process signals = new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP $0; sleep $1; kill -CONT $0",
                        String.valueOf(process.pid()),
                        String.valueOf(pause.toMillis() / 1000.0))
                .redirectErrorStream(true)
                .start();
        while (signals.isAlive() && !isStopped()) {
            Thread.onSpinWait();
        }
        work.run();
        String complaint = new String(signals.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (signals.waitFor() != 0) {
            throw new AssertionError("the server cannot be stopped and continued: " + complaint);
        }
    }

    /** Work that is done while the process is suspended. */
    interface Work {
        void run() throws Exception;
    }

    private boolean isStopped() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }

    private void read() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                int space = line.indexOf(' ');
                CompletableFuture<String> answer = awaited.remove(line.substring(0, Math.max(space, 0)));
                if (answer == null) {
                    throw new IOException("an answer to nothing: " + line);
                }
                answer.complete(line.substring(space + 1));
            }
            throw new IOException("the server has ended");
        } catch (IOException e) {
            awaited.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
