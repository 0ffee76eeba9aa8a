package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.node.ContainerKind;
import dev.gangway.examples.node.RunningNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code openssl s_client} uses the session of one node at another. */
class OpenSslTest {
    private static final Pattern LIFETIME = Pattern.compile("TLS session ticket lifetime hint: (\\d+) \\(seconds\\)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "jdk,tls1_2",
        "jdk,tls1_3",
        "conscrypt,tls1_2",
        "conscrypt,tls1_3",
    })
    void session_ofOneContainer_isReusedByTheOtherThroughRotationAndRestart(String engine, String tls)
            throws Exception {
        Fleet fleet = new Fleet(folder, engine);
        Path fromJetty = folder.resolve("jetty.pem");
        Path fromTomcat = folder.resolve("tomcat.pem");
        try (RunningNode jetty = fleet.start(ContainerKind.JETTY);
                RunningNode tomcat = fleet.start(ContainerKind.TOMCAT)) {
            assertThat(connect(jetty, tls, "-sess_out", fromJetty)).isEqualTo("New");
            assertThat(connect(tomcat, tls, "-sess_out", fromTomcat)).isEqualTo("New");
            assertThat(connect(tomcat, tls, "-sess_in", fromJetty)).isEqualTo("Reused");
            assertThat(connect(jetty, tls, "-sess_in", fromTomcat)).isEqualTo("Reused");

            fleet.rotate();
            assertThat(connect(tomcat, tls, "-sess_in", fromJetty))
                    .as("after a rotation")
                    .isEqualTo("Reused");
            assertThat(connect(jetty, tls, "-sess_in", fromTomcat))
                    .as("after a rotation")
                    .isEqualTo("Reused");
            Path ofNewKey = folder.resolve("new.pem");
            assertThat(connect(jetty, tls, "-sess_out", ofNewKey)).isEqualTo("New");
            assertThat(connect(tomcat, tls, "-sess_in", ofNewKey)).isEqualTo("Reused");
        }
        try (RunningNode jetty = fleet.start(ContainerKind.JETTY);
                RunningNode stock = fleet.startStock(ContainerKind.TOMCAT)) {
            assertThat(connect(jetty, tls, "-sess_in", fromTomcat))
                    .as("after a restart")
                    .isEqualTo("Reused");
            assertThat(connect(stock, tls, "-sess_in", fromTomcat))
                    .as("without Gangway")
                    .isEqualTo("New");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdk,tls1_2",
        "jdk,tls1_3",
        "conscrypt,tls1_2",
        "conscrypt,tls1_3",
    })
    void ticket_lifetimeToldToTheClient_isTheConfiguredOne(String engine, String tls) throws Exception {
        Fleet fleet = new Fleet(folder, engine);
        try (RunningNode node = fleet.start(ContainerKind.TOMCAT)) {
            long before = Instant.now().getEpochSecond();
            String output = OpenSslClient.output(node.port(), "localhost", tls, "-sess_out", folder.resolve("s.pem"));
            int passed = (int) (Instant.now().getEpochSecond() - before);
            Matcher lifetime = LIFETIME.matcher(output);

            assertThat(lifetime.find()).isTrue();
            // BoringSSL subtracts the whole seconds between hello and ticket.
            int lessAtMost = engine.equals("conscrypt") ? passed : 0;
            assertThat(Integer.parseInt(lifetime.group(1))).isBetween(3600 - lessAtMost, 3600);
        }
    }

    @ParameterizedTest
    @CsvSource({"JETTY,tls1_2", "JETTY,tls1_3", "TOMCAT,tls1_2", "TOMCAT,tls1_3"})
    void session_ofAStockNode_isNewOnAnother(ContainerKind container, String tls) throws Exception {
        Fleet fleet = new Fleet(folder, "jdk");
        Path session = folder.resolve("session.pem");
        try (RunningNode a = fleet.startStock(container);
                RunningNode b = fleet.startStock(container)) {
            connect(a, tls, "-sess_out", session);
            assertThat(connect(b, tls, "-sess_in", session)).isEqualTo("New");
        }
    }

    private static String connect(RunningNode node, String tls, String option, Path session) throws Exception {
        return OpenSslClient.connect(node.port(), "localhost", tls, option, session);
    }
}
