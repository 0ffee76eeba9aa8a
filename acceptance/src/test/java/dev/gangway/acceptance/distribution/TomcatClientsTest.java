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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other clients than openssl, and a second connector that does not use Gangway. */
class TomcatClientsTest {
    private static final String STOCK = "org.apache.tomcat.util.net.jsse.JSSEImplementation";

    @TempDir
    static Path shared;

    private static Path keyStore;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "127.0.0.1")), shared.resolve("keystore.p12"));
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versions")
    void gnutlsAndCurl_areServed_andTheConnectorWithItsOwnImplementationIsLeftAlone(
            String version, String engine, JavaInstallation java) throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase baseA = base("a", version, engine, keys);
        TomcatBase baseB = base("b", version, engine, keys);
        try (DistributionProcess processA = baseA.launch(java);
                DistributionProcess processB = baseB.launch(java)) {
            DistributionNode a = baseA.await(processA);
            DistributionNode b = baseB.await(processB);
            for (String tls : List.of("TLS1.2", "TLS1.3")) {
                assertThat(GnuTlsClient.connectAcross(a.port(), b.port(), tls)).contains("This is a resumed session");
            }
            assertThat(CurlClient.get(a.port())).endsWith("HTTP/2 200");

            DistributionNode stockA = baseA.await(processA, 2);
            DistributionNode stockB = baseB.await(processB, 2);
            assertThat(processA.output()).contains("sslImplementationName=\"" + STOCK + "\" and is not changed");
            for (String tls : TomcatDistribution.PROTOCOLS) {
                Resumption.between(a, b).assertWorks(tls);
                Resumption.between(stockA, stockB).assertDoesNotWork(tls);
                Resumption.between(a, stockB).assertDoesNotWork(tls);
                // Like stock Tomcat, this connector resumes with its own tickets.
                Resumption.between(stockA, stockA).assertWorks(tls);
            }
        }
    }

    private TomcatBase base(String name, String version, String engine, List<TicketKey> keys) throws Exception {
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve(name),
                TomcatBase.connector("", TomcatBase.host("", keyStore))
                        + TomcatBase.connector(
                                "sslImplementationName=\"" + STOCK + "\"", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, engine);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        return base;
    }
}
