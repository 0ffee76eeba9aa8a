package dev.gangway.acceptance.interop;

import dev.gangway.testing.ChildProcess;
import java.io.IOException;
import java.util.List;

/** Runs other software. */
public final class ExternalCommand {
    private ExternalCommand() {}

    /** Runs {@code command} with {@code input} on its standard input, and returns the output of both streams. */
    public static String run(List<String> command, String input) throws IOException, InterruptedException {
        return ChildProcess.run(command, input).output();
    }
}
