package dev.gangway.internal.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The command {@code keys} on a machine whose clock shows another time. */
public final class KeysByClock {
    private KeysByClock() {}

    /** How it ended, and all it printed. */
    public record Result(int exitCode, String output) {}

    public static Result run(InstantSource clock, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        int exitCode = new KeysCommand(clock, out, out).run(arguments);
        return new Result(exitCode, output.toString(StandardCharsets.UTF_8));
    }
}
