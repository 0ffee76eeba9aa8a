package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in examples/prometheus, with Prometheus, and with a Tomcat and a Jetty that the JMX exporter's agent shows. */
class PrometheusTest {
    private static final Path FILES = RepositoryFiles.ROOT.resolve("examples/prometheus");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Certificates.Held certificate = Certificates.server("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    @BeforeEach
    void prometheus() throws Exception {
        Prerequisite.require(
                ChildProcess.run(List.of("sh", "-c", "command -v prometheus promtool"), "")
                                .exitCode()
                        == 0,
                "prometheus and promtool: .ci/install-clients installs them");
    }

    @Test
    void rulesAndConfiguration_areValid_andFireInTheirCases() throws Exception {
        for (List<String> arguments : List.of(
                List.of("check", "rules", FILES.resolve("gangway-alerts.yml").toString()),
                List.of(
                        "check",
                        "config",
                        "--syntax-only",
                        FILES.resolve("prometheus.yml").toString()),
                List.of(
                        "test",
                        "rules",
                        FILES.resolve("gangway-alerts-test.yml").toString()))) {
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(arguments);
            ChildProcess.Ended ended = ChildProcess.run(command, "");
            assertThat(ended.exitCode()).as(command + "\n" + ended.output()).isZero();
        }
        // Each alert of the file has a case in which it fires.
        String cases = Files.readString(FILES.resolve("gangway-alerts-test.yml"));
        assertThat(Pattern.compile("- alert: (\\w+)")
                        .matcher(Files.readString(FILES.resolve("gangway-alerts.yml")))
                        .results()
                        .map(alert -> alert.group(1)))
                .hasSize(7)
                .allSatisfy(alert -> assertThat(cases).contains("- alertname: " + alert));
    }

    /** Keys that nobody rotates: first the alert that they end, then the one that nothing is shared any more. */
    @Test
    void alerts_whileKeysRunOut_fireForTomcatAndJetty() throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        int tomcatMetrics = freePort();
        int jettyMetrics = freePort();
        try (DistributionNode tomcat = tomcat(keys, tomcatMetrics);
                DistributionNode jetty = jetty(keys, jettyMetrics)) {
            for (DistributionNode node : List.of(tomcat, jetty)) {
                HttpsClient client = HttpsClient.of("TLSv1.3");
                client.get(node.port());
                assertThat(client.get(node.port()).resumed()).isTrue();
            }
            List<TicketKey> ending = ending();
            tomcat.replaceKeys(ending);
            jetty.replaceKeys(ending);
            assertThat(get("http://127.0.0.1:" + tomcatMetrics + "/metrics"))
                    .contains("gangway_ssl_state{name=\"Catalina\",state=\"sharing\"} 1.0")
                    .containsPattern("gangway_ssl_handshakes_total\\{name=\"Catalina\",outcome=\"resumed-any\"} [1-9]");
            int port = freePort();
            try (ChildProcess prometheus = prometheus(port, tomcatMetrics, jettyMetrics)) {
                awaitFiring(port, "GangwayKeysRunOut", tomcatMetrics, jettyMetrics);
                requireDashboardQueries(port);
                awaitFiring(port, "GangwayNotSharing", tomcatMetrics, jettyMetrics);
                takeScreenshots(port);
                assertThat(prometheus.process().isAlive()).isTrue();
            }
        }
    }

    private static List<TicketKey> ending() {
        Instant begin = Instant.now().minusSeconds(6 * 3600);
        Instant end = Instant.now().plusSeconds(15);
        return List.of(
                TicketKey.random(new KeyTimes(begin, begin, end, end.plusSeconds(6 * 3600)), new SecureRandom()));
    }

    private DistributionNode tomcat(List<TicketKey> keys, int metrics) throws Exception {
        Path keyStore = Certificates.write(Certificates.keyStore(certificate), folder.resolve("web.p12"));
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(TomcatDistribution.VERSIONS.get(2)),
                folder.resolve("tomcat"),
                TomcatBase.connector("", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, "jdk");
        base.addToSetenv("CATALINA_OPTS=\"$CATALINA_OPTS " + agent(metrics) + "\"");
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        return base.await(base.launch(JavaInstallations.running()));
    }

    private DistributionNode jetty(List<TicketKey> keys, int metrics) throws Exception {
        Path keyStore = Certificates.write(Certificates.keyStore(certificate), folder.resolve("jetty.p12"));
        JettyBase base = JettyBase.make(
                JettyDistribution.home(JettyDistribution.VERSIONS.get(1)),
                Files.createDirectory(folder.resolve("jetty")),
                JavaInstallations.running(),
                keyStore);
        base.unzipGangway();
        base.add("https", "gangway");
        base.set("gangway.pollInterval=" + FleetKeys.POLL_INTERVAL, "--exec", agent(metrics));
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), keys);
        return base.await(base.launch());
    }

    private static String agent(int port) throws IOException {
        return "-javaagent:" + ContainerArchive.file("jmx_prometheus_javaagent-1.0.1.jar") + "=127.0.0.1:" + port + ":"
                + FILES.resolve("jmx-exporter.yml");
    }

    /** With the rules as they are, but for the minutes that a condition must last. */
    /** The pictures in docs/prometheus.md, from Prometheus itself. */
    private static void takeScreenshots(int port) throws Exception {
        Files.createDirectories(SCREENSHOTS);
        String prometheus = "http://127.0.0.1:" + port + "/classic/";
        takeScreenshot(prometheus + "alerts", 620, "prometheus-alerts.png");
        String graphs = "";
        List<String> queries = dashboardQueries();
        for (int i = 0; i < 2; i++) {
            String query = URLEncoder.encode(queries.get(queries.size() - 4 + i), StandardCharsets.UTF_8);
            graphs += "&g%d.expr=%s&g%d.tab=0&g%d.range_input=2m".formatted(i, query, i, i);
        }
        takeScreenshot(prometheus + "graph?" + graphs.substring(1), 1_400, "prometheus-graphs.png");
    }

    private static void takeScreenshot(String address, int height, String name) throws Exception {
        Path picture = SCREENSHOTS.resolve(name);
        Files.deleteIfExists(picture);
        ChildProcess.Ended ended = ChildProcess.run(
                List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--window-size=1100," + height,
                        "--virtual-time-budget=20000",
                        "--screenshot=" + picture,
                        address),
                "");
        assertThat(picture).as(ended.output()).isNotEmptyFile();
    }

    private ChildProcess prometheus(int port, int... targets) throws IOException {
        Files.writeString(
                folder.resolve("rules.yml"),
                Files.readString(FILES.resolve("gangway-alerts.yml")).replaceAll("for: \\d+m", "for: 1s"));
        StringBuilder addresses = new StringBuilder();
        for (int target : targets) {
            addresses.append("'127.0.0.1:").append(target).append("',");
        }
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: fleet
                    static_configs:
                      - targets: [%s]
                """.formatted(addresses));
        ChildProcess process = ChildProcess.start(new ProcessBuilder(
                        "prometheus",
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()));
        return process;
    }

    private void awaitFiring(int port, String alert, int... targets) throws Exception {
        for (int target : targets) {
            String series =
                    "ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\",instance=\"127.0.0.1:" + target + "\"}";
            boolean fires = Await.comesTrue(() -> {
                try {
                    return !results(port, series).isEmpty();
                } catch (IOException e) {
                    // It has not opened its port yet.
                    return false;
                }
            });
            assertThat(fires)
                    .as(series + "\n" + Files.readString(folder.resolve("prometheus.log")))
                    .isTrue();
        }
    }

    private static void requireDashboardQueries(int port) throws Exception {
        List<String> queries = dashboardQueries();
        List<String> empty = new ArrayList<>();
        for (String query : queries) {
            // A rate needs two samples.
            if (!Await.comesTrue(() -> !results(port, query).isEmpty())) {
                empty.add(query);
            }
        }
        assertThat(queries).hasSizeGreaterThan(8);
        assertThat(empty).as("queries of the dashboard without a result").isEmpty();
    }

    private static List<String> dashboardQueries() throws IOException {
        Map<String, Object> dashboard = JSON.std.mapFrom(Files.readString(FILES.resolve("gangway-dashboard.json")));
        List<String> queries = new ArrayList<>();
        for (Object panel : (List<?>) dashboard.get("panels")) {
            for (Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
                queries.add(String.valueOf(((Map<?, ?>) target).get("expr")).replace("$job", ".*"));
            }
        }
        return queries;
    }

    private static List<?> results(int port, String query) throws IOException, InterruptedException {
        String answer = get(
                "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Map<String, Object> parsed = JSON.std.mapFrom(answer);
        assertThat(parsed).as(query).containsEntry("status", "success");
        return (List<?>) ((Map<?, ?>) parsed.get("data")).get("result");
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
