package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.examples.cluster.ContainerMix;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The data of a fleet's status page, with real nodes and real clients. */
class ClusterStatusTest {
    @Test
    void documents_ofAFleetThroughItsLife_tellCountsConnectionsLaddersAndLosses() throws Exception {
        try (StatusFleet fleet = StatusFleet.start(ClusterSettings.of(ContainerMix.MIXED, 2), List.of("stock"))) {
            // Each node does its self-test in both versions.
            List<Map<String, Object>> before = nodesOnceAllAreCounted(fleet, 8);
            assertThat(sum(before, "resumedHandshakes")).isEqualTo(4);
            fleet.probe(TlsVersion.TLS_1_3, 6);
            fleet.probe(TlsVersion.TLS_1_2, 6);

            List<Map<String, Object>> nodes = nodesOnceAllAreCounted(fleet, 8 + 12);
            assertThat(nodes)
                    .extracting(node -> node.get("name") + " " + node.get("condition"))
                    .containsExactly("node-1 (jetty) REPORTS", "node-2 (tomcat) REPORTS", "stock WITHOUT_GANGWAY");
            assertThat(sum(nodes, "resumedHandshakes")).isEqualTo(4 + 10);
            assertThat(sum(nodes, "fullHandshakes")).isEqualTo(4 + 2);
            assertThat(nodes.get(0).get("ringDigest"))
                    .isEqualTo(nodes.get(1).get("ringDigest"))
                    .isNotNull();

            List<Map<String, Object>> connections = list(fleet.read("status.json"), "connections");
            assertThat(connections)
                    .extracting(connection -> connection.get("kind") + " " + connection.get("protocol"))
                    .startsWith("resumed TLSv1.2")
                    .endsWith("full TLSv1.3")
                    .hasSize(12);
            assertLaddersAreComplete(fleet.read("connections/6.json"), fleet.read("connections/7.json"));
            assertThat(fleet.get("connections/12.json").statusCode()).isEqualTo(404);

            fleet.probe(TlsVersion.TLS_1_3, RecentConnections.KEPT - 1);
            assertThat(list(fleet.read("status.json"), "connections"))
                    .as("the newest")
                    .hasSize(RecentConnections.KEPT)
                    .last()
                    .extracting("id")
                    .isEqualTo(11);
            assertThat(fleet.get("connections/10.json").statusCode()).isEqualTo(404);

            fleet.kill(1);
            speakPlainHttp(fleet.cluster().port());
            assertThat(list(fleet.read("status.json"), "nodes"))
                    .extracting(node -> node.get("condition"))
                    .containsExactly("REPORTS", "NO_ANSWER", "WITHOUT_GANGWAY");
            assertThat(list(fleet.read("status.json"), "connections"))
                    .first()
                    .extracting("kind", "protocol")
                    .containsExactly("unfinished", null);
            assertThat(list(fleet.read("connections/61.json"), "steps")).isEmpty();
        }
    }

    private static void assertLaddersAreComplete(Map<String, Object> full, Map<String, Object> resumed) {
        assertThat(full).containsEntry("kind", "full").containsEntry("node", "node-1 (jetty)");
        assertThat(names(full)).startsWith("ClientHello", "ServerHello", "Certificate");
        assertThat(resumed).containsEntry("kind", "resumed").containsEntry("node", "node-2 (tomcat)");
        assertThat(names(resumed)).startsWith("ClientHello", "ServerHello").doesNotContain("Certificate");
        assertThat(list(resumed, "steps").get(0))
                .containsEntry("from", "client")
                .extractingByKey("facts")
                .asString()
                .contains("session_ticket: ticket of ");
    }

    // The handshake may end for the client before it does for the node, which counts it then.
    private static List<Map<String, Object>> nodesOnceAllAreCounted(StatusFleet fleet, int handshakes)
            throws Exception {
        Await.until(handshakes + " handshakes are counted", () -> {
            List<Map<String, Object>> nodes = list(fleet.read("status.json"), "nodes");
            return sum(nodes, "resumedHandshakes") + sum(nodes, "fullHandshakes") >= handshakes;
        });
        return list(fleet.read("status.json"), "nodes");
    }

    private static long sum(List<Map<String, Object>> nodes, String attribute) {
        return nodes.stream()
                .mapToLong(node -> ((Number) node.getOrDefault(attribute, 0)).longValue())
                .sum();
    }

    private static List<Object> names(Map<String, Object> ladder) {
        return list(ladder, "steps").stream().map(step -> step.get("name")).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> document, String name) {
        return (List<Map<String, Object>>) document.get(name);
    }

    private static void speakPlainHttp(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
