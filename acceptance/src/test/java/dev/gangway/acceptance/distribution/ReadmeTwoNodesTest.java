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

/** The README's steps from downloaded archives to two nodes that share tickets, unchanged. */
class ReadmeTwoNodesTest {
    private final List<String> blocks =
            MarkdownSnippets.of("README.md", "## Two nodes on one machine").in("sh");

    @TempDir
    Path folder;

    ReadmeTwoNodesTest() throws IOException {}

    @BeforeEach
    void standInACheckout() throws IOException {
        for (String module : List.of("jetty-module", "tomcat-module")) {
            Files.createSymbolicLink(folder.resolve(module), RepositoryFiles.ROOT.resolve(module));
        }
        assertThat(blocks).as("certificate, Jetty, Tomcat, check").hasSize(4);
    }

    @Test
    void jetty_asItStands_secondNodeResumes() throws Exception {
        List<String> versions = JettyDistribution.VERSIONS;
        Path home = JettyDistribution.home(versions.get(versions.size() - 1));

        assertSecondNodeResumes(
                blocks.get(1),
                Map.of("JETTY_HOME", home.toString()),
                "(?s)oejs\\.Server:main: Started.*Server:main: Started");
    }

    @Test
    void tomcat_asItStands_secondNodeResumes() throws Exception {
        List<String> versions = TomcatDistribution.VERSIONS;
        Path home = TomcatDistribution.home(versions.get(versions.size() - 1));

        assertSecondNodeResumes(
                blocks.get(2), Map.of("CATALINA_HOME", home.toString()), "(?s)Server startup in.*Server startup in");
    }

    private void assertSecondNodeResumes(String nodes, Map<String, String> environment, String bothStarted)
            throws Exception {
        run(blocks.get(0), Map.of());
        // A user's shell stays open after the last line.
        try (DistributionProcess running = start(nodes + "wait\n", environment)) {
            running.await(Pattern.compile(bothStarted));
            assertThat(run(blocks.get(3), Map.of()))
                    .contains("TLS 1.2", "TLS 1.3", "Every node resumes from the tickets of every node.");
        }
    }

    private String run(String commands, Map<String, String> environment) throws Exception {
        try (DistributionProcess shell = start(commands, environment)) {
            assertThat(shell.awaitExit()).as(shell.output()).isZero();
            return shell.output();
        }
    }

    private DistributionProcess start(String commands, Map<String, String> environment) throws IOException {
        return DistributionProcess.start(
                folder,
                environment,
                Files.createTempFile(folder, "shell", ".log"),
                List.of("bash", "-e", "-c", commands));
    }
}
