package dev.gangway.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two small fleets. The test ignores how long anything takes. */
class FleetBenchTest {
    private static final Server GANGWAY = Server.jetty("jdk", Runtime.version().feature());
    private static final Server STOCK =
            Server.tomcat(FleetNode.STOCK, Runtime.version().feature());

    @TempDir
    Path documents;

    @Test
    void connections_gangwayAndStock_resumeAsTheyShould() throws Exception {
        Path page = documents.resolve("benchmarks.md");
        Files.writeString(page, "before\n<!-- begin bytes -->\nold\n<!-- end bytes -->\nafter\n");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        new FleetBench(out, true, Set.of(GANGWAY.name(), STOCK.name()), Optional.of(documents)).connections();

        Results results = Results.read(Report.file(documents, Report.CONNECTIONS));
        for (String protocol : FleetTables.PROTOCOLS) {
            assertThat(resumed(results, GANGWAY, protocol, Visit.FIRST)).isZero();
            assertThat(resumed(results, GANGWAY, protocol, Visit.OTHER_NODE)).isEqualTo(1);
            assertThat(resumed(results, STOCK, protocol, Visit.FIRST)).isZero();
            assertThat(resumed(results, STOCK, protocol, Visit.OTHER_NODE)).isZero();
            assertThat(resumed(results, STOCK, protocol, Visit.SAME_NODE)).isEqualTo(1);
        }
        results.rounds()
                .values()
                .forEach(rounds -> assertThat(rounds).hasSize(1).allSatisfy(each -> {
                    assertThat(each.connections()).isPositive();
                    assertThat(each.perSecond()).isPositive();
                    assertThat(each.p999()).isGreaterThanOrEqualTo(each.p50());
                    assertThat(each.received()).isGreaterThan(each.sent() / 2);
                }));
        // The kernel counts CPU time in steps, and one of these rounds may be shorter than a step.
        assertThat(results.rounds().values())
                .anySatisfy(rounds -> assertThat(rounds.get(0).serverMicros()).isPositive());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("| jetty jdk |")
                .contains("| tomcat stock |");
        assertThat(page).content().startsWith("before\n").doesNotContain("old").contains("| jetty jdk | TLSv1.3 |");
        for (String protocol : List.of("tlsv1.2", "tlsv1.3")) {
            assertThatIsXml(documents.resolve("images/fleet-" + protocol + ".svg"));
        }
    }

    @Test
    void settings_quick_haveTheirRows() throws Exception {
        Path page = documents.resolve("benchmarks.md");
        Files.writeString(page, "<!-- begin settings -->\n<!-- end settings -->\n");
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Server serial = Server.tomcat("jdk", Runtime.version().feature()).with(Setting.SERIAL_GC);

        new FleetBench(out, true, Set.of(serial.name()), Optional.of(documents)).settings();

        Results results = Results.read(Report.file(documents, Report.SETTINGS));
        assertThat(resumed(results, serial, "TLSv1.3", Visit.OTHER_NODE)).isEqualTo(1);
        assertThat(page).content().contains("| tomcat jdk with serial GC | ");
    }

    @Test
    void differences_roundsOfBoth_areOfTheSameRound() {
        Results results = new Results();
        Server tickets = Server.tomcat("jdk", 17);
        addResumed(results, tickets, Visit.OTHER_NODE, 100, 200, 100);
        addResumed(results, tickets.with(Setting.SERIAL_GC), Visit.OTHER_NODE, 110, 180);
        addResumed(results, tickets.with(Setting.PARALLEL_GC), Visit.OTHER_NODE, 110, 180, 100);
        addResumed(results, Server.tomcat("jdk", 25).with(Setting.SERIAL_GC), Visit.OTHER_NODE, 50);

        assertThat(new SettingTables(results).sections().get("differences"))
                .contains("| tomcat jdk with serial GC | tomcat jdk | 17 | TLSv1.2 | 0.0 (-10.0 to 10.0) |")
                .contains("| tomcat jdk with parallel GC | tomcat jdk | 17 | TLSv1.2 | 0.0 (-10.0 to 10.0) |")
                .doesNotContain("| tomcat jdk | tomcat jdk |", "| 25 |");
    }

    @Test
    void comparison_startsDiffer_spreadIsOfTheirMedians() {
        Results results = new Results();
        double[] stock = new double[2 * Plan.ROUNDS_PER_START];
        double[] gangway = new double[2 * Plan.ROUNDS_PER_START];
        for (int i = 0; i < stock.length; i++) {
            boolean isOfFirstStart = i < Plan.ROUNDS_PER_START;
            stock[i] = 100;
            // The first round of each start does not count, as no single round does.
            gangway[i] = i % Plan.ROUNDS_PER_START == 0 ? 900 : isOfFirstStart ? 104 : 102;
        }
        addResumed(results, Server.tomcat(FleetNode.STOCK, 17), Visit.SAME_NODE, stock);
        addResumed(results, Server.tomcat("jdk", 17), Visit.SAME_NODE, gangway);

        assertThat(new ComparisonTables(results).sections().get("comparison"))
                .contains("| tomcat jdk | 17 | TLSv1.2 | 100 (100 to 100) | 104 (102 to 900) | 3.0 (2.0 to 4.0) |")
                .doesNotContain("| tomcat stock |");
    }

    @Test
    void comparison_quick_hasBothServers() throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Server stock = GANGWAY.withEngine(FleetNode.STOCK);

        new FleetBench(out, true, Set.of(GANGWAY.name(), stock.name()), Optional.of(documents)).comparison();

        Results results = Results.read(Report.file(documents, Report.COMPARISON));
        for (String protocol : FleetTables.PROTOCOLS) {
            assertThat(resumed(results, GANGWAY, protocol, Visit.SAME_NODE)).isEqualTo(1);
            assertThat(resumed(results, stock, protocol, Visit.SAME_NODE)).isEqualTo(1);
        }
    }

    private static void addResumed(Results results, Server server, Visit visit, double... serverMicros) {
        for (double micros : serverMicros) {
            results.add(
                    new Point(server, Plan.BASE, "TLSv1.2", visit, Plan.FEW),
                    new Measurement(10, micros, 2.5, 3.5, 1, 4.5, 5.5, 6.5, 7.5, 8.5, 0.5, 0));
        }
    }

    @Test
    void tables_noServerIsJava_haveNoCompilers() {
        Results results = new Results();
        results.add(
                new Point(Server.nginx(), Plan.BASE, "TLSv1.3", Visit.FIRST, Plan.FEW),
                new Measurement(10, 1.5, 2.5, 3.5, 0, 4.5, 5.5, 6.5, 7.5, 8.5, 0.5, 0));

        assertThat(new FleetTables(results).sections().get("environment"))
                .contains("everything else")
                .doesNotContain("compilers");
    }

    @Test
    void named_everySetting_isTheSameServer() {
        for (Setting setting : Setting.values()) {
            Server server = Server.tomcat(FleetNode.STOCK_OPENSSL, 25).with(setting);

            assertThat(Server.named(server.name(), 25)).isEqualTo(server);
        }
    }

    @Test
    void compilerMicros_jvmAndNoProcess_partOfItsTimeAndNothing() {
        long self = ProcessHandle.current().pid();

        assertThat(ProcFiles.compilerMicros(self)).isPositive().isLessThanOrEqualTo(ProcFiles.cpuMicros(self));
        assertThat(ProcFiles.compilerMicros(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void profile_resumedConnections_haveTheirPlaces() throws Exception {
        Path page = documents.resolve("benchmarks.md");
        Files.writeString(page, "<!-- begin profile -->\n<!-- end profile -->\n");
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        new FleetBench(out, true, Set.of(GANGWAY.name()), Optional.of(documents)).profile();

        List<ProfileSample> samples =
                Results.read(Report.file(documents, Report.PROFILE)).profile();
        for (String protocol : FleetTables.PROTOCOLS) {
            assertThat(samples)
                    .filteredOn(sample -> sample.protocol().equals(protocol))
                    .extracting(ProfileSample::owner)
                    .contains(ProfileSample.Owner.TLS_ENGINE);
        }
        assertThat(samples).extracting(ProfileSample::samples).allMatch(count -> count > 0);
        assertThat(page).content().contains("| jetty jdk, Java ");
    }

    @Test
    void results_writtenAndRead_areTheSame() throws Exception {
        Results results = new Results();
        results.note("processors", "2");
        Point point = new Point(GANGWAY, Plan.CLIENT_CERTIFICATES, "TLSv1.3", Visit.OTHER_NODE, Plan.MANY);
        results.add(point, new Measurement(10, 1.5, 2.5, 3.5, 1, 4.5, 5.5, 6.5, 7.5, 8.5, 0.5, 0.25));
        results.add(new KeyChange(GANGWAY, 5, 1, 2, 3, 4, 5, 6, 1));
        results.add(new MemoryStep(STOCK, 0, 2048, 1_048_576));
        results.add(new MemoryStep(STOCK, 100_000, 4096, 3_145_728));
        results.add(new RedisTrip(RedisTrip.GET, 12.5, 7.5));
        results.add(new ProfileSample(GANGWAY, "TLSv1.3", ProfileSample.Owner.GANGWAY, "HmacSha256.of", 3));
        Path file = documents.resolve("values.csv");

        results.write(file);

        Results read = Results.read(file);
        assertThat(read.rounds()).isEqualTo(results.rounds());
        assertThat(read.keyChanges()).isEqualTo(results.keyChanges());
        assertThat(read.memory()).isEqualTo(results.memory());
        assertThat(read.profile()).isEqualTo(results.profile());
        assertThat(read.redis(RedisTrip.GET).orElseThrow().median()).isEqualTo(20);
        assertThat(read.notes()).isEqualTo(Map.of("processors", "2"));
        assertThat(KeyChangeTable.of(read.keyChanges()))
                .contains(
                        "| 1.0 (1.0 to 1.0) | 3.0 (3.0 to 3.0) | 5.0 (5.0 to 5.0) | 2.0 (2.0 to 2.0) | 4.0 (4.0 to 4.0) |"
                                + " 6.0 (6.0 to 6.0) | 100.00 % |");
        assertThat(new MemoryTables(read).sections().get("heap"))
                .contains(
                        "| tomcat stock, Java " + Runtime.version().feature() + " | 100,000 | 1.0 MB | 3.0 MB | 21 |");
    }

    @Test
    void plan_whole_hasEveryDimension() {
        List<Point> points = Plan.of(false, Set.of()).groups().stream()
                .flatMap(group -> group.series().stream())
                .flatMap(series -> series.points().stream())
                .toList();

        Plan.of(false, Set.of()).groups().stream()
                .flatMap(group -> group.series().stream())
                .forEach(series -> assertThat(series.points()).doesNotHaveDuplicates());
        assertThat(points).extracting(point -> point.listener().certificate()).contains(ServerCertificate.values());
        assertThat(points).extracting(Point::visit).contains(Visit.values());
        assertThat(points).extracting(Point::atOnce).contains(Plan.FEW, Plan.MANY);
        assertThat(points).extracting(point -> point.server().java()).contains(0, 17, 21, 25);
        assertThat(points).extracting(Point::listener).contains(Plan.CLIENT_CERTIFICATES);
    }

    @Test
    void listener_parsedAgain_isTheSame() {
        Stream.of(Plan.BASE, Plan.P_256, Plan.CLIENT_CERTIFICATES)
                .forEach(listener ->
                        assertThat(Listener.parse(listener.toString())).isEqualTo(listener));
    }

    private static double resumed(Results results, Server server, String protocol, Visit visit) {
        Point point = new Point(server, Plan.BASE, protocol, visit, Plan.FEW);
        return results.spread(point, Measurement::resumed).orElseThrow().median();
    }

    private static void assertThatIsXml(Path file) throws Exception {
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }
}
