package dev.gangway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The examples' command line in a separate process. */
public final class ExampleProcess implements AutoCloseable {
    /** The flag in the executable jar's manifest. */
    public static final String OPENS = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";

    private final ChildProcess process;
    private final BufferedReader out;
    private final Path err;

    private ExampleProcess(ChildProcess process, Path err) {
        this.process = process;
        this.out = process.process().inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    /** Runs it with the manifest's flag. */
    public static ExampleProcess start(String... arguments) throws IOException {
        return startWith(List.of(OPENS), arguments);
    }

    public static ExampleProcess startWith(List<String> jvmFlags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("example", ".err");
        return new ExampleProcess(ChildProcess.start(new ProcessBuilder(command).redirectError(err.toFile())), err);
    }

    /** The port in the READY line, which must be the first line. */
    public int awaitReady() throws Exception {
        String line = awaitLine();
        assertThat(line).as(errors()).matches("READY https://127\\.0\\.0\\.1:\\d+");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** The next line of its standard output. */
    public String awaitLine() throws Exception {
        return CompletableFuture.supplyAsync(this::readLine).get(ChildProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    public int awaitExit() throws Exception {
        assertThat(process.awaitEnd()).as(errors()).isTrue();
        return process.process().exitValue();
    }

    /** The rest of its standard output, to the end. */
    public String output() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    public String errors() throws IOException {
        return Files.readString(err);
    }

    public ProcessHandle handle() {
        return process.process().toHandle();
    }

    /** SIGTERM. */
    public void terminate() {
        // Process.destroy() would close the streams, too.
        process.process().toHandle().destroy();
    }

    @Override
    public void close() throws IOException {
        process.close();
        Files.deleteIfExists(err);
    }

    private String readLine() {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
