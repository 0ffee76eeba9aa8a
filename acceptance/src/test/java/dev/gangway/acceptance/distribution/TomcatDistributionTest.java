package dev.gangway.acceptance.distribution;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes of each supported Tomcat distribution, on each Java version, share tickets with the drop-in jar and one line. */
class TomcatDistributionTest {
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

    static Stream<Arguments> cases() {
        return TomcatDistribution.VERSIONS.stream()
                .flatMap(version -> JavaInstallations.all().stream()
                        .flatMap(java -> TomcatDistribution.enginesOn(java).stream()
                                .map(engine -> Arguments.of(version, engine, java))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void otherNode_sameKeyFile_resumes(String version, String engine, JavaInstallation java) throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        TomcatBase baseA = base("a", version, engine, keys);
        TomcatBase baseB = base("b", version, engine, keys);
        try (DistributionProcess a = baseA.launch(java);
                DistributionProcess b = baseB.launch(java)) {
            DistributionNode nodeA = baseA.await(a);
            DistributionNode nodeB = baseB.await(b);
            for (String tls : TomcatDistribution.PROTOCOLS) {
                Resumption.between(nodeA, nodeB).assertWorks(tls);
                Resumption.between(nodeB, nodeA).assertWorks(tls);
            }
            Resumption.between(nodeA, nodeB).assertKeyFileIsTheReason(keys, TomcatDistribution.PROTOCOLS);
        }
        for (String tls : TomcatDistribution.PROTOCOLS) {
            CompatibilityMatrix.record("Tomcat " + version, engine, java, tls, "resumes");
        }
    }

    private TomcatBase base(String name, String version, String engine, List<TicketKey> keys) throws Exception {
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve(name),
                TomcatBase.connector("", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, engine);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), keys);
        return base;
    }
}
