package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.OpenSslClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty's module {@code ssl-reload}: the server uses a renewed certificate, and tickets remain valid. */
class JettyDistributionReloadTest {

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return JettyDistribution.VERSIONS.stream()
                .flatMap(version -> JettyDistribution.ENGINES.stream().map(engine -> Arguments.of(version, engine)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reload_renewedCertificate_ticketsGoOn(String version, String engine) throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        KeyStore first = Certificates.keyStore(Certificates.server("localhost"));
        Certificates.Held renewed = Certificates.server("localhost");
        Path keyStore = Certificates.write(first, folder.resolve("keystore.p12"));
        JettyBase baseA = base("a", version, engine, keys, keyStore);
        JettyBase baseB = base("b", version, engine, keys, keyStore);
        try (DistributionProcess a = baseA.launch();
                DistributionProcess b = baseB.launch()) {
            DistributionNode nodeA = baseA.await(a);
            DistributionNode nodeB = baseB.await(b);
            Path before = folder.resolve("before.pem");
            OpenSslClient.connect(nodeA.port(), "localhost", "tls1_3", "-sess_out", before);

            for (JettyBase base : List.of(baseA, baseB)) {
                renew(base, renewed);
            }
            for (DistributionNode node : List.of(nodeA, nodeB)) {
                awaitCertificate(node, renewed);
            }

            for (String tls : JettyDistribution.PROTOCOLS) {
                Resumption.between(nodeA, nodeB).assertWorks(tls);
            }
            // On Java 25 a ticket of engine jdk depends on the server's certificate: one full handshake, and no
            // failure.
            boolean namesCertificate = engine.equals("jdk") && java().feature() >= 25;
            assertThat(OpenSslClient.connect(nodeB.port(), "localhost", "tls1_3", "-sess_in", before))
                    .as("a ticket from before the renewal")
                    .isEqualTo(namesCertificate ? "New" : "Reused");
            Resumption.between(nodeA, nodeB).assertKeyFileIsTheReason(keys, List.of("tls1_2", "tls1_3"));
        }
    }

    private static JavaInstallation java() {
        return JavaInstallations.running();
    }

    private JettyBase base(String name, String version, String engine, List<TicketKey> keys, Path keyStore)
            throws Exception {
        JettyBase base = JettyBase.make(JettyDistribution.home(version), folder.resolve(name), java(), keyStore);
        base.set("gangway.engine=" + engine, "gangway.pollInterval=" + FleetKeys.POLL_INTERVAL);
        base.unzipGangway();
        base.add(engine.equals("conscrypt") ? "gangway,conscrypt" : "gangway", "https", "ssl-reload");
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), keys);
        return base;
    }

    private static void renew(JettyBase base, Certificates.Held certificate) throws Exception {
        Path file = base.path().resolve("etc/keystore.p12");
        Path next = Certificates.write(Certificates.keyStore(certificate), file.resolveSibling("next.p12"));
        // Jetty compares the file's time stamp, which has whole seconds on some file systems.
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().plusSeconds(2)));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitCertificate(DistributionNode node, Certificates.Held expected) throws Exception {
        String pem = Base64.getEncoder().encodeToString(expected.certificate().getEncoded());
        boolean renewed = Await.comesTrue(() -> OpenSslClient.output(
                        node.port(), "localhost", "tls1_3", "-sess_out", folder.resolve("ignored.pem"), "-showcerts")
                .replace("\n", "")
                .contains(pem));
        assertThat(renewed)
                .as("whether it serves the new certificate:\n%s", node.process().output())
                .isTrue();
    }
}
