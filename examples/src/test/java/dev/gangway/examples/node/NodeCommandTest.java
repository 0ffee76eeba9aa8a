package dev.gangway.examples.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.ExampleProcess;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCommandTest {
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"jetty,false", "jetty,true", "tomcat,false", "tomcat,true"})
    void process_untilTerminated_servesAndEndsQuietly(String container, boolean stock) throws Exception {
        String state = folder.resolve("state").toString();
        try (ExampleProcess node = ExampleProcess.start(
                "node", "--container=" + container, "--state=" + state, stock ? "--stock" : "--engine=jdk")) {
            int port = node.awaitReady();
            NodeClient client = new NodeClient(
                    StateDirectory.at(Path.of(state)).certificate(), HttpClient.Version.HTTP_1_1, "TLSv1.3");
            assertThat(client.getJson(port, "/"))
                    .containsEntry("container", container)
                    .containsEntry("stock", stock);

            node.terminate();

            assertThat(node.awaitExit()).isEqualTo(TERMINATED);
            assertThat(node.output()).isEmpty();
            // Warnings of faults of this Java version are expected.
            assertThat(node.errors().replace("WARNING dev.gangway: Java ", "Java "))
                    .doesNotContain("\tat ", "WARNING", "SEVERE");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jetty,  --keys=file:/nonexistent/keys, key file /nonexistent/keys does not exist",
        "tomcat, --keys=file:/nonexistent/keys, key file /nonexistent/keys does not exist",
        "tomcat, --keys=vault:keys,             keys 'vault:keys' is not understood",
        "jetty,  --ticket-lifetime=8d,          is outside 1s to 7d",
        "jetty,  --engine=none,                 engine 'none' is unknown",
        "jetty,  --engine=JDK,                  did you mean 'jdk'?",
        "tomcat, --engine=Conscrypt,            did you mean 'conscrypt'?",
        "tomcat, --poll-interval=10,            did you mean '10s'?",
        "jetty,  --poll-interval=0,             pollInterval 0s is outside 100ms to 1h",
        "tomcat, --keys=fil:keys,               did you mean 'file:'?",
    })
    void process_badSetting_isRefusedInOneLine(String container, String setting, String message) throws Exception {
        try (ExampleProcess node = ExampleProcess.start("node", "--container=" + container, setting)) {
            assertThat(node.awaitExit()).isEqualTo(REFUSED);
            assertThat(node.errors().lines().filter(line -> line.startsWith("gangway-examples: ")))
                    .singleElement()
                    .asString()
                    .contains(message);
            assertThat(node.errors()).doesNotContain("\tat ");
            assertThat(node.output()).isEmpty();
        }
    }

    /** The node runs in the directory of the test, which is not Tomcat's base directory. */
    @ParameterizedTest
    @ValueSource(strings = {"jetty", "tomcat"})
    void process_relativeKeyStore_isTakenFromTheWorkingDirectory(String container) throws Exception {
        ServerKeyStore keyStore = StateDirectory.at(folder.resolve("state")).certificate();
        Path relative = Path.of("").toAbsolutePath().relativize(keyStore.file().toAbsolutePath());
        assertThat(relative).isRelative();
        try (ExampleProcess node = ExampleProcess.start(
                "node", "--container=" + container, "--keystore=" + relative, "--storepass=" + keyStore.password())) {
            NodeClient client = new NodeClient(keyStore, HttpClient.Version.HTTP_1_1, "TLSv1.3");
            assertThat(client.getJson(node.awaitReady(), "/")).containsEntry("container", container);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "tomcat"})
    void process_sunJsseNotOpened_isRefusedNamingTheFlag(String container) throws Exception {
        try (ExampleProcess node = ExampleProcess.startWith(List.of(), "node", "--container=" + container)) {
            assertThat(node.awaitExit()).isEqualTo(REFUSED);
            assertThat(node.errors()).contains(ExampleProcess.OPENS).doesNotContain("\tat ");
        }
    }

    @Test
    void process_unknownOption_isRefusedWithWhatMayBeMeant() throws Exception {
        try (ExampleProcess node = ExampleProcess.start("node", "--container=jetty", "--keyz=random:")) {
            assertThat(node.awaitExit()).isEqualTo(WRONG_USAGE);
            assertThat(node.errors()).contains("Unknown option: '--keyz=random:'", "--keys");
        }
    }
}
