package dev.gangway.examples.cluster;

import dev.gangway.examples.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A node in a separate process, which ends with this process. */
final class NodeProcess implements AutoCloseable {
    private static final String STATUS = "STATUS ";
    private static final String READY = "READY https://127.0.0.1:";
    private static final int READY_SECONDS = 180;
    private static final int STOP_SECONDS = 5;
    // The JVM starts faster and needs less memory with these flags, which do not affect TLS.
    private static final List<String> JVM_FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xshare:auto");

    private final String name;
    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile URI status;
    private volatile String lastError = "it said nothing";

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts the process, and does not wait until it is ready.
     *
     * @param arguments of the command {@code node}
     * @param log receives each line that the node writes to standard error
     */
    static NodeProcess start(String name, List<String> arguments, Consumer<String> log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        // The JVM uses the manifest of an executable jar only with "java -jar", and there may be no jar.
        command.add("--add-opens=java.base/sun.security.ssl=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("node", "--exit-with-parent", "--status", "--name", name));
        command.addAll(arguments);
        NodeProcess node = new NodeProcess(name, new ProcessBuilder(command).start());
        node.follow("out", node.process.getInputStream(), node::onOutput);
        node.follow("err", node.process.getErrorStream(), line -> {
            node.lastError = line;
            log.accept(name + ": " + line);
        });
        return node;
    }

    String name() {
        return name;
    }

    /** Waits until the node accepts connections. */
    int awaitPort() throws IOException, InterruptedException {
        try {
            return port.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            throw new IOException(name + " did not start: " + lastError, e);
        } catch (TimeoutException e) {
            throw new IOException(name + " is not ready after " + READY_SECONDS + " s: " + lastError, e);
        }
    }

    /** The address of its status page, once it accepts connections. */
    URI status() {
        return status;
    }

    /** Terminates the process; {@link #close} waits for its end. */
    void stop() {
        process.destroy();
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
    }

    private void onOutput(String line) {
        if (line.startsWith(STATUS)) {
            status = URI.create(line.substring(STATUS.length()));
        } else if (line.startsWith(READY)) {
            port.complete(Integer.parseInt(line.substring(READY.length())));
        }
    }

    private void follow(String stream, InputStream input, Consumer<String> onLine) {
        Thread thread = new Thread(() -> readLines(input, onLine), name + "-" + stream);
        thread.setDaemon(true);
        thread.start();
    }

    private void readLines(InputStream input, Consumer<String> onLine) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            reader.lines().forEach(onLine);
        } catch (IOException | UncheckedIOException e) {
            // The stream ended with the process.
        } finally {
            port.completeExceptionally(new IOException("the process has ended"));
        }
    }
}
