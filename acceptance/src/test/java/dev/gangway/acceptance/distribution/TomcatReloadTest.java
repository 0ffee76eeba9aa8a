package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.acceptance.interop.OpenSslClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS reloads of a running Tomcat, as its manager application and JMX offer them. */
class TomcatReloadTest {
    private static final String MANAGER_RELOAD = "text/sslReload";
    private static final String JMX_RELOAD =
            "jmxproxy/?invoke=Catalina%3Atype%3DThreadPool%2Cname%3D%22https-jsse-nio-127.0.0.1-auto-1%22"
                    + "&op=reloadSslHostConfigs";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versionsAndEngines")
    void reload_ticketsFromBefore_stillOpenAndARenewedCertificateIsServed(
            String version, String engine, JavaInstallation java) throws Exception {
        Path keyStore = folder.resolve("keystore.p12");
        Certificates.write(Certificates.keyStore(Certificates.server("localhost", "first.example")), keyStore);
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase baseA = base("a", version, engine, keyStore, keys);
        TomcatBase baseB = base("b", version, engine, keyStore, keys);
        try (DistributionProcess processA = baseA.launch(java);
                DistributionProcess processB = baseB.launch(java)) {
            DistributionNode a = baseA.await(processA);
            DistributionNode b = baseB.await(processB);
            Resumption resumption = Resumption.between(a, b);

            for (String tls : TomcatDistribution.PROTOCOLS) {
                Path session = folder.resolve(tls + ".pem");
                OpenSslClient.connect(a.port(), "localhost", tls, "-sess_out", session);
                assertThat(manager(a, MANAGER_RELOAD)).contains("OK - Reloaded TLS configuration");
                assertThat(OpenSslClient.connect(a.port(), "localhost", tls, "-sess_in", session))
                        .isEqualTo("Reused");
                assertThat(manager(a, JMX_RELOAD)).contains("OK - Operation reloadSslHostConfigs");
                assertThat(OpenSslClient.connect(a.port(), "localhost", tls, "-sess_in", session))
                        .isEqualTo("Reused");
                assertThat(manager(a, MANAGER_RELOAD + "?tlsHostName=_default_"))
                        .contains("OK - Reloaded TLS configuration for [_default_]");
                assertThat(OpenSslClient.connect(a.port(), "localhost", tls, "-sess_in", session))
                        .isEqualTo("Reused");
                resumption.assertWorks(tls);
            }

            Certificates.write(Certificates.keyStore(Certificates.server("renewed.example", "localhost")), keyStore);
            manager(a, MANAGER_RELOAD);
            manager(b, JMX_RELOAD);
            for (DistributionNode node : List.of(a, b)) {
                assertThat(OpenSslClient.output(
                                node.port(), "localhost", "tls1_3", "-sess_out", folder.resolve("renewed.pem")))
                        .contains("subject=CN = renewed.example");
            }
            for (String tls : TomcatDistribution.PROTOCOLS) {
                resumption.assertWorks(tls);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versionsAndEngines")
    void reload_fails_hostGoesOnAsBeforeAndTheLogSaysSo(String version, String engine, JavaInstallation java)
            throws Exception {
        Path keyStore = folder.resolve("keystore.p12");
        Certificates.write(Certificates.keyStore(Certificates.server("localhost", "first.example")), keyStore);
        TomcatBase base = base("a", version, engine, keyStore, FleetKeys.fresh());
        try (DistributionProcess process = base.launch(java)) {
            DistributionNode node = base.await(process);
            for (String tls : TomcatDistribution.PROTOCOLS) {
                OpenSslClient.connect(node.port(), "localhost", tls, "-sess_out", folder.resolve(tls + ".pem"));
            }
            byte[] good = Files.readAllBytes(keyStore);

            Files.write(keyStore, new byte[] {1, 2, 3});
            assertThat(manager(node, JMX_RELOAD)).doesNotContain("OK - ");
            assertThat(manager(node, MANAGER_RELOAD)).doesNotContain("OK - ");

            assertThat(process.output())
                    .contains("TLS host _default_ is not reloaded; its last good configuration stays in use,"
                            + " including its ticket keys");
            for (String tls : TomcatDistribution.PROTOCOLS) {
                assertThat(OpenSslClient.connect(
                                node.port(), "localhost", tls, "-sess_in", folder.resolve(tls + ".pem")))
                        .isEqualTo("Reused");
            }

            Files.write(keyStore, good);
            assertThat(manager(node, MANAGER_RELOAD)).contains("OK - Reloaded TLS configuration");
        }
    }

    private static String manager(DistributionNode node, String command) throws Exception {
        return ExternalCommand.run(
                List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--insecure",
                        "--user",
                        "robot:secret",
                        "https://127.0.0.1:" + node.port() + "/manager/" + command),
                "");
    }

    private TomcatBase base(String name, String version, String engine, Path keyStore, List<TicketKey> keys)
            throws Exception {
        Path home = TomcatDistribution.home(version);
        TomcatBase base =
                TomcatBase.make(home, folder.resolve(name), TomcatBase.connector("", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, engine);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        Files.createSymbolicLink(base.path().resolve("webapps/manager"), home.resolve("webapps/manager"));
        Files.writeString(base.path().resolve("conf/tomcat-users.xml"), """
                <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
                  <user username="robot" password="secret" roles="manager-script,manager-jmx"/>
                </tomcat-users>
                """);
        return base;
    }
}
