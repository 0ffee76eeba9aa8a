package dev.gangway.acceptance.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.versions.VersionNodes.Node;
import dev.gangway.acceptance.versions.VersionNodes.Starting;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.Prerequisite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Security providers in front of the JDK's own: a node shares tickets, or does not start and names the provider. */
class SecurityProvidersTest {
    private static final Path NSS = Path.of("/usr/lib/x86_64-linux-gnu/libsoftokn3.so");

    @TempDir
    Path folder;

    static Stream<JavaInstallation> versions() {
        return JavaInstallations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void bouncyCastle_inFront_sharesTickets(JavaInstallation java) throws Exception {
        try (VersionNodes all = new VersionNodes(folder)) {
            Starting a = all.start(java, List.of(), "BC");
            Starting b = all.start(java, List.of());

            assertShared(a.serving(), b.serving());
        }
    }

    /** Java opens no tickets there before 25.0.5 (JDK-8368514). */
    @ParameterizedTest
    @MethodSource("versions")
    void nss_inFront_sharesTicketsOrIsNamedAsTheReason(JavaInstallation java) throws Exception {
        Prerequisite.require(Files.exists(NSS), NSS + " (Debian package libnss3)");
        Path configuration = Files.writeString(
                folder.resolve("nss.cfg"),
                "name = NSS\nnssLibraryDirectory = " + NSS.getParent()
                        + "\nnssDbMode = noDb\nattributes = compatibility\n");
        boolean opensTickets = Runtime.Version.parse("25.0.5").compareToIgnoreOptional(java.version()) <= 0;
        try (VersionNodes all = new VersionNodes(folder)) {
            Starting a = all.start(java, List.of(), configuration.toString());
            Starting b = all.start(java, List.of());

            Optional<Node> node = a.await();
            if (opensTickets) {
                assertShared(node.orElseThrow(), b.serving());
            } else {
                assertThat(node).isEmpty();
                assertThat(a.process().awaitEnd()).isTrue();
                assertThat(a.said())
                        .contains(
                                "the test of the ticket keys in memory failed",
                                "SunPKCS11-NSS for AES/GCM/NoPadding",
                                "25.0.5");
            }
        }
    }

    private static void assertShared(Node a, Node b) throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            HttpsClient client = HttpsClient.of(protocol);
            assertThat(client.get(a.port()).resumed()).isFalse();
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(client.get(a.port()).resumed()).isTrue();
        }
    }
}
