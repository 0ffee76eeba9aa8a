package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.CurlClient;
import dev.gangway.acceptance.interop.GnuTlsClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes of each supported Jetty distribution, on each Java version, share tickets after the installation of the zip and
 * {@code --add-modules}. Besides {@code gangway} they have different modules, which must make no difference.
 */
class JettyDistributionTest {
    @TempDir
    static Path shared;

    private static Path keyStore;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificate() {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "127.0.0.1")), shared.resolve("keystore.p12"));
    }

    static Stream<Arguments> cases() {
        return JettyDistribution.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void otherNode_sameKeyFile_resumes(String version, String engine, JavaInstallation java) throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        JettyBase baseA = base("a", version, engine, java, keys, "https");
        JettyBase baseB = base("b", version, engine, java, keys, "https", "http2", "ssl-reload", "jmx");
        try (DistributionProcess a = baseA.launch();
                DistributionProcess b = baseB.launch()) {
            DistributionNode nodeA = baseA.await(a);
            DistributionNode nodeB = baseB.await(b);
            Resumption resumption = Resumption.between(nodeA, nodeB);
            for (String tls : JettyDistribution.PROTOCOLS) {
                resumption.assertWorks(tls);
            }
            resumption.assertKeyFileIsTheReason(keys, JettyDistribution.PROTOCOLS);
            assertThat(CurlClient.status(nodeA.port())).isEqualTo("HTTP/1.1 200");
            assertThat(CurlClient.status(nodeB.port())).isEqualTo("HTTP/2 200");
            for (String tls : JettyDistribution.PROTOCOLS) {
                assertThat(GnuTlsClient.connectAcross(nodeA.port(), nodeB.port(), tls.replace("tls1_", "TLS1.")))
                        .contains("This is a resumed session");
            }
            boolean secondJvm = engine.equals("jdk");
            assertThat(a.output().contains("Forking second JVM")).isEqualTo(secondJvm);
        }
        for (String tls : JettyDistribution.PROTOCOLS) {
            CompatibilityMatrix.record("Jetty " + version, engine, java, tls, "resumes");
        }
    }

    private JettyBase base(
            String name, String version, String engine, JavaInstallation java, List<TicketKey> keys, String... modules)
            throws Exception {
        JettyBase base = JettyBase.make(JettyDistribution.home(version), folder.resolve(name), java, keyStore);
        base.set("gangway.engine=" + engine, "gangway.pollInterval=" + FleetKeys.POLL_INTERVAL);
        base.unzipGangway();
        base.add(engine.equals("conscrypt") ? "gangway,conscrypt" : "gangway", String.join(",", modules));
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), keys);
        return base;
    }
}
