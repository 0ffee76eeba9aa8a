package dev.gangway.benchmarks.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A server in a separate process, and what the kernel knows about it. Ends with this process. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 5;

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final Path log;
    private final Thread stopAtExit;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
        this.stopAtExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** @param log the file that gets the standard error, and whose name tells servers apart */
    static ServerProcess start(String name, List<String> command, Path log) throws IOException {
        return new ServerProcess(
                name, new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** The next line of its standard output. */
    String awaitLine() throws IOException, InterruptedException {
        try {
            String line = CompletableFuture.supplyAsync(this::readLine).get(START_SECONDS, TimeUnit.SECONDS);
            if (line != null) {
                return line;
            }
            throw failed(null);
        } catch (ExecutionException | TimeoutException e) {
            throw failed(e);
        }
    }

    /** Waits until something accepts connections at {@code port}. */
    void awaitPort(int port) throws IOException, InterruptedException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < giveUpAt) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw failed(null);
    }

    /** Sends a line, and returns the line that it answers with. */
    String ask(String line) throws IOException, InterruptedException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return awaitLine();
    }

    /** User and system time of the process and its children, in µs. */
    long cpuMicros() {
        return pids().map(ProcFiles::cpuMicros).sum();
    }

    /** User and system time of a JVM's compilers, in µs. */
    long compilerMicros() {
        return pids().map(ProcFiles::compilerMicros).sum();
    }

    /** What they have in memory, in kB. */
    long residentKilobytes() {
        return pids().map(ProcFiles::residentKilobytes).sum();
    }

    private LongStream pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(ProcessHandle::pid);
    }

    private String readLine() {
        try {
            return out.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private IOException failed(Exception cause) throws IOException {
        return new IOException(name + " does not start: " + Files.readString(log), cause);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // This process ends already.
        }
    }
}
