package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.OpenSslClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several TLS hosts on one connector: each resumes on the other node, and a ticket opens only in its trust domain. */
class TomcatHostsTest {
    private static final String OPEN = "open.example";
    private static final String ALSO_OPEN = "also.open.example";
    private static final String OPTIONAL = "optional.example";
    private static final String REQUIRED = "required.example";
    /** A host for which only the second node requires a client certificate. */
    private static final String DISAGREED = "disagreed.example";

    private static final String OWN_CERTIFICATE = "own.example";

    @TempDir
    static Path shared;

    private static Path keyStore;
    private static Path ownKeyStore;
    private static Path trustStore;
    private static String[] clientCertificate;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        keyStore = Certificates.write(
                Certificates.keyStore(
                        Certificates.server("localhost", "127.0.0.1", OPEN, ALSO_OPEN, OPTIONAL, REQUIRED, DISAGREED)),
                shared.resolve("keystore.p12"));
        ownKeyStore = Certificates.write(
                Certificates.keyStore(Certificates.rsaServer(OWN_CERTIFICATE)), shared.resolve("own.p12"));
        Certificates.Held authority = Certificates.authority("authority");
        trustStore = Certificates.write(Certificates.trustStore(authority), shared.resolve("trust.p12"));
        Certificates.Held client = Certificates.client("client", authority);
        Path certificate = pem("CERTIFICATE", client.certificate().getEncoded());
        Path key = pem("PRIVATE KEY", client.keys().getPrivate().getEncoded());
        clientCertificate = new String[] {"-cert", certificate.toString(), "-key", key.toString()};
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.TomcatDistribution#versionsAndEngines")
    void eachHost_resumesOnTheOtherNode_andATicketStaysWithinItsTrust(
            String version, String engine, JavaInstallation java) throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase baseA = base("a", version, engine, "none", keys);
        TomcatBase baseB = base("b", version, engine, "required", keys);
        try (DistributionProcess processA = baseA.launch(java);
                DistributionProcess processB = baseB.launch(java)) {
            DistributionNode a = baseA.await(processA);
            DistributionNode b = baseB.await(processB);
            Resumption resumption = Resumption.between(a, b);
            for (String tls : TomcatDistribution.PROTOCOLS) {
                for (String host : List.of("localhost", OPEN, ALSO_OPEN, OWN_CERTIFICATE)) {
                    resumption.at(host).assertWorks(tls);
                }
                resumption.at(OPTIONAL).with(clientCertificate).assertWorks(tls);
                resumption.at(REQUIRED).with(clientCertificate).assertWorks(tls);

                // With the JDK's TLS, a ticket opens only for its own server name, even with the same trust.
                assertThat(cross(a, OPEN, b, ALSO_OPEN, tls))
                        .as("same trust")
                        .isEqualTo(engine.equals("jdk") ? "New" : "Reused");
                assertThat(cross(a, DISAGREED, b, DISAGREED, tls)).isEqualTo("New");
                assertThat(cross(a, OPEN, b, OPTIONAL, tls)).isEqualTo("New");
                assertThat(cross(a, OPEN, b, REQUIRED, tls)).isEqualTo("New");
                assertThat(cross(a, OPTIONAL, b, REQUIRED, tls)).isEqualTo("New");
                assertThat(cross(a, REQUIRED, b, OPTIONAL, tls)).isEqualTo("New");
                assertThat(cross(a, REQUIRED, b, OPEN, tls)).isEqualTo("New");
            }
        }
    }

    /** The result on one node and host for a ticket from another. */
    private String cross(DistributionNode from, String fromHost, DistributionNode to, String toHost, String tls)
            throws Exception {
        Path session = folder.resolve("session.pem");
        assertThat(OpenSslClient.connect(from.port(), fromHost, tls, "-sess_out", session, clientCertificate))
                .isEqualTo("New");
        return OpenSslClient.connect(to.port(), toHost, tls, "-sess_in", session, clientCertificate);
    }

    private TomcatBase base(String name, String version, String engine, String disagreed, List<TicketKey> keys)
            throws Exception {
        String trust = " truststoreFile=\"" + trustStore + "\" truststorePassword=\"changeit\"";
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve(name),
                TomcatBase.connector(
                        "",
                        TomcatBase.host("", keyStore),
                        TomcatBase.host("hostName=\"" + OPEN + "\"", keyStore),
                        TomcatBase.host("hostName=\"" + ALSO_OPEN + "\"", keyStore),
                        TomcatBase.host("hostName=\"" + OWN_CERTIFICATE + "\"", ownKeyStore),
                        TomcatBase.host(
                                "hostName=\"" + DISAGREED + "\" certificateVerification=\"" + disagreed + "\"" + trust,
                                keyStore),
                        TomcatBase.host(
                                "hostName=\"" + OPTIONAL + "\" certificateVerification=\"optional\"" + trust, keyStore),
                        TomcatBase.host(
                                "hostName=\"" + REQUIRED + "\" certificateVerification=\"required\"" + trust,
                                keyStore)));
        TomcatDistribution.install(base, engine);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        return base;
    }

    private static Path pem(String type, byte[] der) throws Exception {
        return Files.writeString(
                shared.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                        + "-----\n");
    }
}
