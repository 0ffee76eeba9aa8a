package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.nio.file.Path;
import java.util.logging.Level;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connectors that the listener serves, that it does not change, and that it refuses. */
@Tag("container")
class ListenerConnectorsTest {
    private static final String STOCK = "org.apache.tomcat.util.net.jsse.JSSEImplementation";

    @TempDir
    Path folder;

    @Test
    void start_connectorNamesAnImplementation_isLeftAloneAndTheLogSaysSo() throws Exception {
        try (LogCapture log = new LogCapture();
                TomcatNode node = node(STOCK).with(listener()).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());

            assertThat(client.get(node.secondPort()).resumed()).isFalse();
            assertThat(client.get(node.port()).resumed()).isFalse();
            assertThat(client.get(node.port()).resumed()).isTrue();
            assertThat(log.at(Level.INFO))
                    .anyMatch(line -> line.contains("sslImplementationName=\"" + STOCK + "\" and is not changed"));
        }
    }

    @Test
    void start_noConnectorToServe_isRefused() {
        TomcatNode node = node(STOCK).with(listener());
        node.connector().setProperty("sslImplementationName", STOCK);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("GangwayListener has no connector to serve")
                .hasMessageContaining("without an sslImplementationName of its own");
    }

    @Test
    void start_ticketsDisabled_isRefusedByHost() {
        TomcatNode node = node(null).with(listener());
        node.host("_default_").setDisableSessionTickets(true);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("TLS host _default_ has disableSessionTickets=\"true\"");
    }

    @Test
    void start_listenerAddedAfterInit_isRefused() throws Exception {
        TomcatNode node = node(null);
        node.tomcat.init();

        assertThatThrownBy(() -> node.with(listener()).start())
                .rootCause()
                .hasMessageContaining("add the listener before init");
    }

    @Test
    void start_againAfterARefusal_isRefusedAgain() throws Exception {
        TomcatNode node = node(STOCK).with(listener());
        node.connector().setProperty("sslImplementationName", STOCK);
        assertThatThrownBy(() -> node.tomcat.init()).isInstanceOf(LifecycleException.class);

        assertThatThrownBy(node::start).rootCause().hasMessageContaining("is not started: see the first error above");
    }

    /** A node whose second connector has {@code secondImplementation}; if that is null, there is no second connector. */
    private TomcatNode node(String secondImplementation) {
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "127.0.0.1")), folder.resolve("keystore.p12"));
        TomcatNode node = new TomcatNode(folder).withHost("_default_", keyStore);
        return secondImplementation == null ? node : node.withSecondConnector(secondImplementation, keyStore);
    }

    private static GangwayListener listener() {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        return listener;
    }
}
