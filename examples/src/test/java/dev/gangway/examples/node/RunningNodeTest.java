package dev.gangway.examples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunningNodeTest {
    @TempDir
    static Path folder;

    private static ServerKeyStore keyStore;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keyStore = StateDirectory.at(folder.resolve("state")).certificate();
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY, HTTP_1_1, TLSv1.3",
        "JETTY, HTTP_2,   TLSv1.2",
        "JETTY, HTTP_2,   TLSv1.3",
        "TOMCAT,HTTP_1_1, TLSv1.3",
        "TOMCAT,HTTP_2,   TLSv1.2",
        "TOMCAT,HTTP_2,   TLSv1.3",
    })
    void answer_secondConnection_saysResumed(ContainerKind container, HttpClient.Version http, String tls)
            throws Exception {
        NodeSettings settings = NodeSettings.of(container).withName("node-7").withKeyStore(keyStore);
        NodeClient client = new NodeClient(keyStore, http, tls);
        try (RunningNode node = RunningNode.start(settings)) {
            Map<String, Object> first = client.getJson(node.port(), "/");
            Map<String, Object> second = client.getJson(node.port(), "/");

            assertThat(first)
                    .containsEntry("node", "node-7")
                    .containsEntry("container", container.toString())
                    .containsEntry("engine", "jdk")
                    .containsEntry("stock", false)
                    .containsEntry("protocol", tls)
                    .containsEntry("resumed", false)
                    .containsKey("cipherSuite");
            assertThat(second).containsEntry("resumed", true);
            assertThat(client.get(node.port(), "/").version()).isEqualTo(http);
        }
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void answer_stockNode_saysSoAndResumesItsOwnTickets(ContainerKind container) throws Exception {
        NodeClient client = new NodeClient(keyStore, HttpClient.Version.HTTP_1_1, "TLSv1.2");
        try (RunningNode node = RunningNode.start(
                NodeSettings.of(container).withKeyStore(keyStore).asStock())) {
            assertThat(client.getJson(node.port(), "/"))
                    .containsEntry("stock", true)
                    .containsEntry("resumed", false);
            assertThat(client.getJson(node.port(), "/")).containsEntry("resumed", true);
        }
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void sessions_ofEachContext_areCounted(ContainerKind container) throws Exception {
        NodeClient client = new NodeClient(keyStore, HttpClient.Version.HTTP_1_1, "TLSv1.3");
        try (RunningNode node = RunningNode.start(NodeSettings.of(container).withKeyStore(keyStore))) {
            client.get(node.port(), "/");

            assertThat((List<?>) client.getJson(node.port(), "/sessions").get("contexts"))
                    .singleElement()
                    .isIn(0, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void answer_unknownPath_is404(ContainerKind container) throws Exception {
        NodeClient client = new NodeClient(keyStore, HttpClient.Version.HTTP_1_1, "TLSv1.3");
        try (RunningNode node = RunningNode.start(NodeSettings.of(container).withKeyStore(keyStore))) {
            HttpResponse<String> response = client.get(node.port(), "/x");

            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void start_keyFileMissing_isRefusedInOneLineNamingIt(ContainerKind container) {
        NodeSettings settings =
                NodeSettings.of(container).withKeyStore(keyStore).withKeys("file:" + folder.resolve("none"));

        assertThatThrownBy(() -> RunningNode.start(settings))
                .isInstanceOf(NodeStartException.class)
                .hasMessageStartingWith("key file " + folder.resolve("none") + " does not exist; ");
    }
}
