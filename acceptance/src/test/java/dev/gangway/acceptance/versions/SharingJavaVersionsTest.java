package dev.gangway.acceptance.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.versions.VersionNodes.Node;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With engine {@code jdk}, exactly those Java versions open each other's tickets that report the same ticket format. */
class SharingJavaVersionsTest {
    private static final Path SEEN = Path.of("target", "sharing");

    @TempDir
    Path folder;

    @Test
    void ticket_ofEachVersionAtEachOther_resumesExactlyIfTheFormatsAreEqual() throws Exception {
        try (VersionNodes all = new VersionNodes(folder)) {
            List<Node> nodes = all.serving(JavaInstallations.versions());
            for (Node from : nodes) {
                for (Node to : nodes) {
                    boolean isShared = from.format().equals(to.format());
                    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                        assertThat(resumes(protocol, from, to))
                                .as(protocol + " ticket of Java " + from.version() + " (" + from.format() + ") at Java "
                                        + to.version() + " (" + to.format() + ")")
                                .isEqualTo(isShared);
                    }
                    record(from, to, isShared ? "resumes" : "full handshake");
                }
            }
        }
    }

    private static boolean resumes(String protocol, Node from, Node to) throws IOException {
        HttpsClient client = HttpsClient.of(protocol);
        assertThat(client.get(from.port()).status()).isEqualTo(200);
        HttpsClient.Exchange second = client.get(to.port());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.handshake().offeredTicket()).isPresent();
        return second.resumed();
    }

    // For .ci/matrix: two versions and the result, separated by tabs.
    private static void record(Node from, Node to, String seen) throws IOException {
        Files.createDirectories(SEEN);
        Files.writeString(
                SEEN.resolve(from.version() + "-" + to.version()),
                String.join("\t", from.version(), to.version(), seen) + "\n");
    }
}
