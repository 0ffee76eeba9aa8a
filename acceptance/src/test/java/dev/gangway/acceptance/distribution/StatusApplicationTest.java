package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page's web application in distributions, installed as docs/status.md describes. */
class StatusApplicationTest {
    private static final String OPERATOR = "operator:choose-one";

    private final List<TicketKey> keys = FleetKeys.fresh();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"10.1.60", "11.0.25"})
    void tomcat_asTheDocumentSays_showsTheKeysToItsUsersOnly(String version) throws Exception {
        MarkdownSnippets document = MarkdownSnippets.of("docs/status.md", "## Tomcat");
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve("base"),
                TomcatBase.connector("", TomcatBase.host("", keyStore())));
        TomcatDistribution.install(base, "jdk");
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        ExternalCommand.run(List.of("rm", "-r", base.path().resolve("webapps").toString()), "");
        shell(document.in("sh").get(0), Map.of("CATALINA_BASE", base.path().toString()));
        Files.writeString(
                base.path().resolve("conf/tomcat-users.xml"),
                "<tomcat-users xmlns=\"http://tomcat.apache.org/xml\" version=\"1.0\">"
                        + document.in("xml").get(0) + "</tomcat-users>");

        try (DistributionProcess process = base.launch(JavaInstallations.running())) {
            assertShowsTheKeys("Catalina", base.await(process));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.0.38", "12.1.12"})
    void jetty_asTheDocumentSays_showsTheKeysToItsUsersOnly(String version) throws Exception {
        MarkdownSnippets document = MarkdownSnippets.of("docs/status.md", "## Jetty");
        JettyBase base = JettyBase.make(
                JettyDistribution.home(version), folder.resolve("base"), JavaInstallations.running(), keyStore());
        base.unzipGangway();
        base.add("gangway", "https");
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), keys);
        ExternalCommand.run(List.of("rm", "-r", base.path().resolve("webapps").toString()), "");
        shell(document.in("sh").get(0), base.environment());
        Files.writeString(
                base.path().resolve("webapps/gangway-status.xml"),
                document.in("xml").get(0));
        Files.writeString(
                base.path().resolve("etc/gangway-status.properties"),
                document.in("properties").get(0));

        try (DistributionProcess process = base.launch()) {
            assertShowsTheKeys("Jetty", base.await(process));
        }
    }

    private void assertShowsTheKeys(String name, DistributionNode node) throws Exception {
        String log = node.process().output();
        assertThat(status(node, "")).as(log).isEqualTo("401");
        assertThat(status(node, "status.json")).as(log).isEqualTo("401");
        assertThat(get(node, "", OPERATOR)).contains("<h1>Gangway status</h1>");
        assertThat(get(node, "lib/chart.umd.min.js", OPERATOR)).contains("Chart.js");
        assertThat(JSON.std.mapFrom(get(node, "status.json", OPERATOR)).get("nodes"))
                .asInstanceOf(LIST)
                .singleElement()
                .extracting("name", "state", "activeKey")
                .containsExactly(name, "SHARING", keys.get(0).name().toString());
    }

    private static String status(DistributionNode node, String path) throws Exception {
        return ExternalCommand.run(
                List.of("curl", "-ksS", "-o", "/dev/null", "-w", "%{http_code}", url(node, path)), "");
    }

    private static String get(DistributionNode node, String path, String user) throws Exception {
        return ExternalCommand.run(List.of("curl", "-ksS", "-u", user, url(node, path)), "");
    }

    private static String url(DistributionNode node, String path) {
        return "https://localhost:" + node.port() + "/gangway-status/" + path;
    }

    private Path keyStore() throws Exception {
        return Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
    }

    private void shell(String script, Map<String, String> environment) throws Exception {
        try (DistributionProcess process = DistributionProcess.start(
                RepositoryFiles.ROOT,
                new LinkedHashMap<>(environment),
                folder.resolve("shell.log"),
                List.of("sh", "-e", "-c", script))) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
        }
    }
}
