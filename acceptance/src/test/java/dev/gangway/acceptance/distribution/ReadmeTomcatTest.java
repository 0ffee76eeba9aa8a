package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** README's steps for Tomcat and the way back in docs/tomcat.md, word for word. */
class ReadmeTomcatTest {
    static final List<String> VERSIONS = TomcatDistribution.VERSIONS;

    private static final JavaInstallation JAVA = JavaInstallations.running();

    private final MarkdownSnippets readme = MarkdownSnippets.of("README.md", "## Tomcat");
    private final List<String> install = readme.in("sh");

    @TempDir
    Path folder;

    ReadmeTomcatTest() throws IOException {}

    @BeforeEach
    void standInACheckout() throws Exception {
        Files.createSymbolicLink(folder.resolve("tomcat-module"), RepositoryFiles.ROOT.resolve("tomcat-module"));
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void steps_asTheyStand_shareTicketsAndCanBeUndone(String version) throws Exception {
        assertThat(install).as("jar and flag, keys, check").hasSize(3);
        TomcatBase baseA = stock("a", version);
        TomcatBase baseB = stock("b", version);
        Map<String, String> before = FolderContents.of(baseB.path());
        shell(install.get(0), baseA.environment(JAVA));
        shell(install.get(0), baseB.environment(JAVA));
        shell(install.get(1), baseA.environment(JAVA));
        Files.copy(baseA.path().resolve("conf/ticket.keys"), baseB.path().resolve("conf/ticket.keys"));
        assertThat(readme.in("xml")).hasSize(1);
        String listener = readme.in("xml").get(0).strip();
        baseA.addListener(listener);
        baseB.addListener(listener.replace(" keys=", "\n            keys="));

        try (DistributionProcess processA = baseA.launch(JAVA)) {
            try (DistributionProcess processB = baseB.launch(JAVA)) {
                Map<String, String> addresses = new LinkedHashMap<>();
                addresses.put("A", "127.0.0.1:" + baseA.await(processA).port());
                addresses.put("B", "127.0.0.1:" + baseB.await(processB).port());
                addresses.put("SITE", "localhost");
                addresses.putAll(baseA.environment(JAVA));
                assertThat(shell(install.get(2), addresses))
                        .contains("TLS 1.2", "TLS 1.3", "6h", "Every node resumes from the tickets of every node.");
                for (String independent : MarkdownSnippets.of("docs/probe.md", "## Without Gangway's code")
                        .in("sh")) {
                    assertThat(shell(independent, addresses)).matches("(?s)New, TLSv1\\.3.*\nReused, TLSv1\\.3.*");
                }
            }

            List<String> undo =
                    MarkdownSnippets.of("docs/tomcat.md", "## Uninstall").in("sh");
            assertThat(undo).as("Gangway, Conscrypt, Debian's flag").hasSize(3);
            baseB.addJar(ContainerArchive.file("conscrypt-openjdk-uber-2.6.0.jar"));
            shell(undo.get(0), baseB.environment(JAVA));
            shell(undo.get(1), baseB.environment(JAVA));
            assertThat(FolderContents.of(baseB.path())).isEqualTo(before);
            try (DistributionProcess processB = baseB.launch(JAVA)) {
                DistributionNode a = baseA.await(processA);
                DistributionNode b = baseB.await(processB);
                for (String tls : TomcatDistribution.PROTOCOLS) {
                    Resumption.between(a, b).assertDoesNotWork(tls);
                    Resumption.between(b, b).assertWorks(tls);
                }
                String probe =
                        "java -jar tomcat-module/target/gangway-tomcat-*-dropin.jar probe 127.0.0.1:%d 127.0.0.1:%d";
                assertThat(shell((probe + " || test $? = 1").formatted(a.port(), b.port()), baseA.environment(JAVA)))
                        .as("the first with Gangway, the second without")
                        .containsPattern("from 1 +resumes +FULL\nfrom 2 +FULL +resumes")
                        .contains("4 of 8 combinations of two nodes and a TLS version do not resume.");
                assertThat(processA.output()).contains("dev.gangway");
                assertThat(processB.output()).doesNotContain("gangway");
            }
        }
    }

    private TomcatBase stock(String name, String version) throws Exception {
        Path keyStore = folder.resolve("keystore.p12");
        if (!Files.exists(keyStore)) {
            Certificates.write(Certificates.keyStore(Certificates.server("localhost")), keyStore);
        }
        return TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve(name),
                TomcatBase.connector("", TomcatBase.host("", keyStore)));
    }

    private String shell(String script, Map<String, String> environment) throws Exception {
        Path log = folder.resolve("shell.log");
        try (DistributionProcess process =
                DistributionProcess.start(folder, environment, log, List.of("sh", "-e", "-c", script))) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output();
        }
    }
}
