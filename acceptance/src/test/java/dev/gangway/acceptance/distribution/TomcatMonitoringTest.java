package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The curl lines of docs/monitoring.md, unchanged, with the manager application of each Tomcat. */
class TomcatMonitoringTest {
    private static final String DIGEST_LINE = "(?s).*RingDigest: [0-9a-f]{16}\\r?\\n.*";

    private final Certificates.Held certificate = Certificates.server("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versionsAndEngines")
    void curlLines_asTheyStand_showKeysFaultsAndReload(String version, String engine, JavaInstallation java)
            throws Exception {
        List<String> lines = MarkdownSnippets.of("docs/monitoring.md", "## Tomcat, with curl")
                .in("sh");
        assertThat(lines).as("everything, state, next key, reload").hasSize(4);
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase base = base(version, engine, keys);
        try (DistributionProcess process = base.launch(java)) {
            DistributionNode node = base.await(process);

            String first = shell(lines.get(0), node);
            assertThat(first)
                    .contains("OK - Number of results: 1", "Name: dev.gangway:type=TicketKeys,name=Catalina")
                    .contains("State: SHARING", "Engine: " + engine, "Source: file:" + node.keyFile())
                    .contains("ActiveKey: " + keys.get(0).name(), "AcceptedKeys: 2", "Installations: 1")
                    .contains("role=NEXT", "PollIntervalSeconds: 0.2", "TicketLifetimeSeconds: 21600")
                    .contains("proof=THROUGH_SOCKET")
                    .containsPattern("fullWithoutTicket=([2-9]|[1-9]\\d+)")
                    .matches(DIGEST_LINE);
            // At first the connector's self-test, repeated on a slow machine, and this very request; then one request
            // more.
            assertThat(count("FullHandshakes", first)).isGreaterThanOrEqualTo(3);
            assertThat(count("ResumedHandshakes", first)).isGreaterThanOrEqualTo(2);
            String second = shell(lines.get(0), node);
            assertThat(count("FullHandshakes", second)).isEqualTo(count("FullHandshakes", first) + 1);
            assertThat(count("ResumedHandshakes", second)).isEqualTo(count("ResumedHandshakes", first));
            assertThat(shell(lines.get(1), node)).contains("State", "= SHARING");
            shell(lines.get(2), node);

            List<TicketKey> others = FleetKeys.fresh();
            node.replaceKeys(others);
            assertThat(shell(lines.get(3), node))
                    .contains("OK - Operation reload", others.get(0).name().shortForm());
            assertThat(shell(lines.get(0), node))
                    .contains("ActiveKey: " + others.get(0).name());

            Files.delete(node.keyFile());
            assertThat(shell(lines.get(3), node)).contains("FAILED", node.keyFile() + " does not exist");
            assertThat(run(lines.get(1), node).exitCode()).as("the check fails").isEqualTo(1);
            assertThat(shell(lines.get(0), node)).contains("State: KEEPING_LAST_GOOD_KEYS");

            assertThat(process.output())
                    .contains("Tested through its socket: a client resumed with [TLSv1.3, TLSv1.2]")
                    .doesNotContain("cannot be registered");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versionsAndEngines")
    void accessLog_asInTheDocs_tellsFullFromResumedConnections(String version, String engine, JavaInstallation java)
            throws Exception {
        List<String> xml = MarkdownSnippets.of("docs/monitoring.md", "## In applications and access logs")
                .in("xml");
        assertThat(xml).as("listener, valve").hasSize(2);
        String requestAttributes = " requestAttributes=\"true\"";
        assertThat(xml.get(0)).contains(requestAttributes);
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase base = base(version, engine, keys);
        base.edit("GangwayListener\"", "GangwayListener\"" + requestAttributes);
        base.edit("(?s)<Valve className=\"org.apache.catalina.valves.AccessLogValve\".*?/>", xml.get(1));
        try (DistributionProcess process = base.launch(java)) {
            int port = base.await(process).port();
            HttpsClient client = HttpsClient.of("TLSv1.2");
            client.get(port);
            client.get(port);
        }

        // Tomcat writes the last lines when it stops.
        AccessLogs.assertOneFullAndOneResumed(
                base.path().resolve("logs"), "access", keys.get(0).name());
    }

    private TomcatBase base(String version, String engine, List<TicketKey> keys) throws Exception {
        Path keyStore = Certificates.write(Certificates.keyStore(certificate), folder.resolve("keystore.p12"));
        Path home = TomcatDistribution.home(version);
        TomcatBase base =
                TomcatBase.make(home, folder.resolve("base"), TomcatBase.connector("", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, engine);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        Files.createSymbolicLink(base.path().resolve("webapps/manager"), home.resolve("webapps/manager"));
        Files.writeString(base.path().resolve("conf/tomcat-users.xml"), """
                <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
                  <user username="robot" password="secret" roles="manager-jmx"/>
                </tomcat-users>
                """);
        return base;
    }

    private String shell(String script, DistributionNode node) throws Exception {
        HandshakeOutcome outcome = run(script, node);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private HandshakeOutcome run(String script, DistributionNode node) throws Exception {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MANAGER", "https://127.0.0.1:" + node.port() + "/manager");
        environment.put("MANAGER_USER", "robot:secret");
        environment.put("CURL_CA_BUNDLE", authorities().toString());
        Path log = folder.resolve("shell.log");
        try (DistributionProcess process =
                DistributionProcess.start(folder, environment, log, List.of("sh", "-c", script))) {
            return new HandshakeOutcome(process.awaitExit(), process.output());
        }
    }

    // The certificate is self-signed.
    private Path authorities() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(certificate.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("authorities.pem"), pem);
    }

    private record HandshakeOutcome(int exitCode, String output) {}

    private static long count(String attribute, String answer) {
        Matcher matcher = Pattern.compile("(?m)^" + attribute + ": (\\d+)$").matcher(answer);
        assertThat(matcher.find()).as(answer).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
