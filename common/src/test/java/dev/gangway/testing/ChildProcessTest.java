package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void run_processThatEnds_givesItsCodeAndWhatItPrinted() throws Exception {
        assertThat(ChildProcess.run(List.of("sh", "-c", "echo out; echo err >&2; cat; exit 3"), "in\n"))
                .isEqualTo(new ChildProcess.Ended(3, "out\nerr\nin\n"));
    }

    @Test
    void run_processThatHangs_isKilledWithItsChildrenAndFailsWithWhatItPrinted() {
        assertThatThrownBy(() -> run("sleep 1000 & echo $$ $! > pids; echo so far; wait; echo not reached", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it had not ended after PT2S")
                .hasMessageEndingWith("so far\n");

        assertThat(folder.resolve("pids")).satisfies(ChildProcessTest::allEnd);
    }

    @Test
    void run_processThatLeavesAChildBehindWhichHoldsItsOutput_isKilledToo() {
        assertThatThrownBy(() -> run("sleep 1000 & echo $! > pids; echo so far; sleep 1", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it ended, but a child of it had not ended after PT2S")
                .hasMessageEndingWith("so far\n");

        assertThat(folder.resolve("pids")).satisfies(ChildProcessTest::allEnd);
    }

    @Test
    void run_processThatHangsAndReadsNothing_isKilledAllTheSame() {
        assertThatThrownBy(() -> run("exec sleep 1000", "x".repeat(1_000_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it had not ended after PT2S");
    }

    @Test
    void stop_processThatDoesNotHeedIt_isKilledWithItsChildren() throws Exception {
        ChildProcess child = ChildProcess.start(new ProcessBuilder(
                        "sh", "-c", "sleep 1000 & trap '' TERM; echo $$ $! > pids; while :; do sleep 1; done")
                .directory(folder.toFile()));
        while (!Files.exists(folder.resolve("pids")) || Files.size(folder.resolve("pids")) == 0) {
            Thread.onSpinWait();
        }

        child.stop(SHORT);

        allEnd(folder.resolve("pids"));
    }

    private void run(String script, String input) throws Exception {
        ChildProcess.run(new ProcessBuilder("sh", "-c", script).directory(folder.toFile()), input, SHORT);
    }

    private static void allEnd(Path pids) throws IOException {
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(process -> process.onExit().join());
        }
    }
}
