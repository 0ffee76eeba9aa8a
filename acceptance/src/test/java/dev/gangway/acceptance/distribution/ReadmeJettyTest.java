package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.CurlClient;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Runs the commands for a Jetty distribution in README.md and docs/jetty.md unchanged. */
class ReadmeJettyTest {
    static final List<String> VERSIONS = JettyDistribution.VERSIONS;

    @TempDir
    Path folder;

    private Path keyStore;

    @BeforeEach
    void makeCertificate() {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "127.0.0.1")), folder.resolve("keystore.p12"));
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void readme_stepsOnTwoNodes_shareTickets(String version) throws Exception {
        List<String> steps = MarkdownSnippets.of("README.md", "## Jetty").in("sh");
        assertThat(steps).as("module, keys, start, conscrypt, check").hasSize(5);
        JettyBase a = https("a", version);
        JettyBase b = https("b", version);
        run(a, steps.get(0));
        run(b, steps.get(0));
        // Each line is in the file too, behind a comment sign.
        String ini = Files.readString(a.path().resolve("start.d/gangway.ini"));
        for (String settings : MarkdownSnippets.of("README.md", "## Jetty").in("ini")) {
            settings.lines().forEach(line -> assertThat(ini).contains("# " + line + "\n"));
            Files.writeString(b.path().resolve("start.d/gangway.ini"), settings, StandardOpenOption.APPEND);
        }
        run(a, steps.get(1));
        Files.copy(a.path().resolve("etc/ticket.keys"), b.path().resolve("etc/ticket.keys"));
        assertShared(a, steps.get(2), b, steps.get(2));

        run(a, steps.get(3));
        run(b, steps.get(3));
        assertShared(a, steps.get(2), b, steps.get(2));
        try (DistributionProcess processA = shell(a, steps.get(2));
                DistributionProcess processB = shell(b, steps.get(2))) {
            String addresses = "A=127.0.0.1:%d; B=127.0.0.1:%d; SITE=localhost\n"
                    .formatted(a.await(processA).port(), b.await(processB).port());
            // On a busy machine a handshake may take longer than the idle timeout of these servers.
            String check = steps.get(4).strip();
            assertThat(run(a, addresses + check + " || " + check + " || " + check))
                    .contains("TLS 1.2", "TLS 1.3", "Every node resumes from the tickets of every node.");
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void page_oneJvmAndRemoval_doAsTheySay(String version) throws Exception {
        List<String> steps = MarkdownSnippets.of("README.md", "## Jetty").in("sh");
        List<String> oneJvm = MarkdownSnippets.of("docs/jetty.md", "## One JVM instead of two")
                .in("sh");
        List<String> removal =
                MarkdownSnippets.of("docs/jetty.md", "## Removing it").in("sh");
        assertThat(oneJvm).hasSize(2);
        assertThat(removal).as("Gangway, Conscrypt").hasSize(2);
        JettyBase a = https("a", version);
        JettyBase b = https("b", version);
        Map<String, String> before = FolderContents.of(a.path());
        run(a, steps.get(0));
        run(b, steps.get(0));
        run(a, steps.get(1));
        Files.copy(a.path().resolve("etc/ticket.keys"), b.path().resolve("etc/ticket.keys"));

        assertShared(a, oneJvm.get(0), b, oneJvm.get(1));
        for (JettyBase base : List.of(a, b)) {
            assertThat(base.path().resolve("shell.log")).content().doesNotContain("Forking second JVM");
        }

        run(a, steps.get(3));
        run(a, removal.get(0));
        run(a, removal.get(1));
        assertThat(FolderContents.of(a.path())).isEqualTo(before);
        try (DistributionProcess stock = shell(a, steps.get(2))) {
            assertThat(CurlClient.status(a.await(stock).port())).isEqualTo("HTTP/2 200");
        }
    }

    /** A Jetty with HTTPS and without Gangway. */
    private JettyBase https(String name, String version) throws Exception {
        JettyBase base = JettyBase.make(
                JettyDistribution.home(version), folder.resolve(name), JavaInstallations.running(), keyStore);
        base.add("https", "http2");
        return base;
    }

    private static void assertShared(JettyBase a, String startA, JettyBase b, String startB) throws Exception {
        try (DistributionProcess processA = shell(a, startA);
                DistributionProcess processB = shell(b, startB)) {
            Resumption resumption = Resumption.between(a.await(processA), b.await(processB));
            for (String tls : JettyDistribution.PROTOCOLS) {
                resumption.assertWorks(tls);
            }
        }
    }

    private static String run(JettyBase base, String commands) throws Exception {
        Path log = Files.createTempFile(base.path(), "command", ".log");
        try (DistributionProcess shell = shell(base, log, commands)) {
            assertThat(shell.awaitExit()).as(shell.output()).isZero();
            return shell.output();
        }
    }

    private static DistributionProcess shell(JettyBase base, String commands) throws Exception {
        return shell(base, base.path().resolve("shell.log"), commands);
    }

    private static DistributionProcess shell(JettyBase base, Path log, String commands) throws Exception {
        return DistributionProcess.start(
                RepositoryFiles.ROOT, base.environment(), log, List.of("bash", "-e", "-c", commands));
    }
}
