package dev.gangway.acceptance.interop;

import dev.gangway.testing.ChildProcess;
import java.io.IOException;
import java.util.List;

/** A program that nobody here wrote. */
public final class ExternalCommand {
    private ExternalCommand() {}

    /** Runs {@code command} with {@code input} on its standard input, and gives what it printed on either stream. */
    public static String run(List<String> command, String input) throws IOException, InterruptedException {
        return ChildProcess.run(command, input).output();
    }
}
