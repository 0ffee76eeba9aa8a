package dev.gangway.acceptance.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.versions.VersionNodes.Starting;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.Prerequisite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest Java there is, where it is later than those that are supported: it works, or the message says what it needs. */
class JavaToComeTest {
    private static final String REFUSING = "--illegal-final-field-mutation=deny";

    @TempDir
    Path folder;

    private JavaInstallation java;

    @BeforeEach
    void find() {
        Optional<JavaInstallation> toCome = JavaInstallations.toCome();
        Prerequisite.require(
                toCome.isPresent(), "a Java later than 25, so nothing ran on it; run .ci/install-javas or install one");
        java = toCome.orElseThrow();
    }

    @Test
    void twoNodes_asJavaIsNow_shareTickets() throws Exception {
        assertShared(List.of());
    }

    @Test
    void finalFields_refused_theMessageNamesTheFlag() throws Exception {
        try (VersionNodes all = new VersionNodes(folder)) {
            Starting node = all.start(java, List.of(REFUSING));

            assertThat(node.await()).isEmpty();
            assertThat(node.process().awaitEnd()).isTrue();
            assertThat(node.said())
                    .contains("InstallationException", "--enable-final-field-mutation=ALL-UNNAMED", "JEP 500");
        }
    }

    @Test
    void finalFields_refusedButToGangway_shareTickets() throws Exception {
        assertShared(List.of(REFUSING, "--enable-final-field-mutation=ALL-UNNAMED"));
    }

    private void assertShared(List<String> flags) throws Exception {
        try (VersionNodes all = new VersionNodes(folder)) {
            Starting first = all.start(java, flags);
            Starting second = all.start(java, flags);
            int a = first.serving().port();
            int b = second.serving().port();
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                HttpsClient client = HttpsClient.of(protocol);
                assertThat(client.get(a).resumed()).isFalse();
                assertThat(client.get(b).resumed()).isTrue();
                assertThat(client.get(a).resumed()).isTrue();
            }
        }
    }
}
