package dev.gangway.examples.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that nobody here wrote. */
public final class ExternalCommand {
    private static final int TIMEOUT_SECONDS = 30;

    private ExternalCommand() {}

    /** Runs {@code command} with {@code input} on its standard input, and gives what it printed on either stream. */
    public static String run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The program may end before it has read everything; what it printed tells.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end:\n" + output);
        }
        return output;
    }
}
