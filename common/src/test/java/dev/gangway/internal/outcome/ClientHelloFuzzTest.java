package dev.gangway.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import dev.gangway.testing.ClientHellos;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Nodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link ClientHelloFuzz} with mutations of real ClientHellos, guided by code coverage. */
class ClientHelloFuzzTest {
    private static final int RUNS = 100_000;

    @TempDir
    Path folder;

    @Test
    void hello_mutated100000Times_isAnsweredWithoutAnException() throws Exception {
        ForkedTests.Result result = ForkedTests.run(command());

        assertThat(result.output())
                .as("the output of Jazzer, with the input of a crash in Base64")
                .contains("Done " + RUNS + " runs");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private List<String> command() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JavaInstallations.running().java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(List.of(
                Jazzer.class.getName(),
                "--target_class=" + ClientHelloFuzz.class.getName(),
                "--instrumentation_includes=dev.gangway.internal.wire.**:dev.gangway.internal.outcome.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + RUNS,
                "-max_len=2048",
                Files.createDirectory(folder.resolve("found")).toString(),
                seeds().toString()));
        return command;
    }

    private Path seeds() throws Exception {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        int i = 0;
        for (byte[] hello : ClientHellos.of(new Nodes("jdk"))) {
            Files.write(seeds.resolve("hello" + i++), hello);
        }
        return seeds;
    }
}
