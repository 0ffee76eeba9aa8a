package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands that need no existing container, unchanged, in a copy of a built checkout. */
class ReadmeCommandsIT {
    @TempDir
    Path folder;

    @BeforeEach
    void standInACheckout() throws IOException {
        for (String module : List.of("tomcat-module", "examples")) {
            Files.createSymbolicLink(folder.resolve(module), RepositoryFiles.ROOT.resolve(module));
        }
    }

    @Test
    void keys_asItStands_makesAKeyFileThatAServerTakes() throws Exception {
        String make = only(MarkdownSnippets.of("README.md", "## Keys").in("sh"));

        run(make);
        String check = run(make.replace("keys new", "keys check"));

        assertThat(check).contains("ticket.keys is good");
    }

    @Test
    void tryIt_asItStands_probeFindsThatEveryConnectionAfterTheFirstIsResumed() throws Exception {
        List<String> lines = MarkdownSnippets.of("README.md", "## Try it")
                .in("sh")
                .get(0)
                .lines()
                .toList();
        assertThat(lines).as("one terminal each").hasSize(2);

        try (DistributionProcess cluster = start(lines.get(0))) {
            cluster.await(Pattern.compile("READY https://127.0.0.1:8443"));

            assertThat(run(lines.get(1)))
                    .containsPattern("TLS 1\\.3: 1000 connections to .*: 999 resumed, 1 full, 0 failed")
                    .containsPattern("ticket lifetime \\d+[smh]")
                    .contains("Every connection after the first was resumed from a ticket.");
        }
    }

    @Test
    void demo_asItStandsOnceBuilt_showsBothHandshakesOfEachContainer() throws Exception {
        String block = MarkdownSnippets.of("README.md", "# Gangway").in("sh").get(0);
        String demo = block.substring(block.indexOf("&&") + 2).strip();

        assertThat(run(demo)).contains("ClientHello").contains("NewSessionTicket");
    }

    private DistributionProcess start(String command) throws IOException {
        return DistributionProcess.start(
                folder, Map.of(), Files.createTempFile(folder, "log", ""), List.of("bash", "-c", command));
    }

    private String run(String command) throws Exception {
        try (DistributionProcess process = start(command)) {
            int exitCode = process.awaitExit();
            String output = process.output();
            assertThat(exitCode).as(output).isZero();
            return output;
        }
    }

    private static String only(List<String> blocks) {
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }
}
