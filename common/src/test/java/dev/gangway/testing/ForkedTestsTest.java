package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForkedTestsTest {
    @Test
    void run_processThatEnds_givesItsCodeAndWhatItPrinted() throws Exception {
        assertThat(ForkedTests.run(List.of("sh", "-c", "echo out; echo err >&2; echo $CLASSPATH; exit 3"), "a:b"))
                .isEqualTo(new ForkedTests.Result(3, "out\nerr\na:b\n"));
    }

    @Test
    void run_processThatHangs_isKilledWithItsChildrenAndFailsWithWhatItPrinted(@TempDir Path folder) throws Exception {
        Path pids = folder.resolve("pids");
        List<String> hanging =
                List.of("sh", "-c", "sleep 1000 & echo $$ $! > " + pids + "; echo so far; wait; echo not reached");

        assertThatThrownBy(() -> ForkedTests.run(hanging, "", Duration.ofSeconds(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("had not ended after PT2S")
                .hasMessageEndingWith("so far\n");

        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(process -> process.onExit().join());
        }
    }
}
