package dev.gangway.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.examples.ExampleProcess;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final int CONNECTIONS = 60;

    @Test
    void probe_mixedFleetThroughRotations_isResumedOnEveryNode() throws Exception {
        try (Cluster cluster = Cluster.start(ClusterSettings.of(ContainerMix.MIXED, 3))) {
            for (TlsVersion tls : TlsVersion.values()) {
                ProbeResult result = Probe.run(ProbeSettings.of(cluster.port(), tls, CONNECTIONS), done -> {
                    if (done % 15 == 0 && done < CONNECTIONS) {
                        rotate(cluster);
                    }
                });

                assertThat(result.failed()).as("TLS %s", tls).isZero();
                assertThat(result.httpAnswers()).as("TLS %s", tls).containsOnlyKeys(200);
                assertThat(result.full()).as("TLS %s", tls).isEqualTo(1);
                assertThat(result.resumed()).as("TLS %s", tls).isEqualTo(CONNECTIONS - 1);
            }
        }
    }

    @Test
    void probe_stockFleet_isHardlyEverResumed() throws Exception {
        try (Cluster cluster =
                Cluster.start(ClusterSettings.of(ContainerMix.MIXED, 3).asStock())) {
            ProbeResult result = Probe.run(ProbeSettings.of(cluster.port(), TlsVersion.TLS_1_2, CONNECTIONS));

            assertThat(result.failed()).isZero();
            assertThat(result.resumed()).isLessThan(CONNECTIONS / 2);
            try (InputStream status =
                    cluster.nodeStatus(1).resolve("status.json").toURL().openStream()) {
                assertThat(status).asString(StandardCharsets.UTF_8).contains("\"nodes\":[]");
            }
        }
    }

    @Test
    void start_nodeRefuses_saysWhatTheNodeSaid() {
        ClusterSettings settings = ClusterSettings.of(ContainerMix.JETTY, 2).withEngine("none");

        assertThatThrownBy(() -> Cluster.start(settings))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("engine 'none' is unknown");
    }

    @Test
    void command_untilKilled_tellsItsPageAndTakesTheNodesAlong() throws Exception {
        try (ExampleProcess cluster = ExampleProcess.start("cluster", "--container=jetty", "--nodes=2")) {
            cluster.awaitReady();
            assertThat(cluster.awaitLine()).matches("STATUS http://127\\.0\\.0\\.1:\\d+/");
            List<ProcessHandle> nodes = cluster.handle().children().toList();
            assertThat(nodes).hasSize(2);

            cluster.handle().destroyForcibly();

            for (ProcessHandle node : nodes) {
                assertThat(node.onExit().get(2, TimeUnit.MINUTES).isAlive()).isFalse();
            }
        }
    }

    private static void rotate(Cluster cluster) {
        try {
            cluster.rotate();
            cluster.awaitKeys();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
