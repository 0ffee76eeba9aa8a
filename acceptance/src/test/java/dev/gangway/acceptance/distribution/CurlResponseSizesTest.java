package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.CurlClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every size around that of a TLS record, from distributions with engine {@code conscrypt}, as curl receives them. */
class CurlResponseSizesTest {
    private static final int RECORD = 16_384;

    @TempDir
    Path folder;

    private Path keyStore;

    @BeforeEach
    void makeKeyStore() {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.rsaServer("localhost", "127.0.0.1")),
                folder.resolve("keystore.p12"));
    }

    @Test
    void tomcat_firstResponseOfAConnection_arrivesWhole() throws Exception {
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home("11.0.25"),
                folder.resolve("base"),
                TomcatBase.connector("", TomcatBase.host("", keyStore)));
        TomcatDistribution.install(base, "conscrypt");
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), FleetKeys.fresh());
        writeFiles(base.path().resolve("webapps/ROOT"));
        try (DistributionProcess process = base.launch(JavaInstallations.running())) {
            assertAllArrive(base.await(process).port());
        }
    }

    @Test
    void jetty_firstResponseOfAConnection_arrivesWhole() throws Exception {
        JettyBase base = JettyBase.make(
                JettyDistribution.home("12.1.12"), folder.resolve("base"), JavaInstallations.running(), keyStore);
        base.unzipGangway();
        base.add("https", "conscrypt", "gangway");
        base.set("gangway.engine=conscrypt");
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), FleetKeys.fresh());
        writeFiles(base.path().resolve("webapps/root"));
        try (DistributionProcess process = base.launch()) {
            assertAllArrive(base.await(process).port());
        }
    }

    private static void writeFiles(Path root) throws Exception {
        for (int size : sizes()) {
            Files.write(root.resolve(size + ".bin"), new byte[size]);
        }
    }

    private static void assertAllArrive(int port) throws Exception {
        for (String tls : List.of("1.2", "1.3")) {
            for (int size : sizes()) {
                assertThat(CurlClient.download(port, size + ".bin", tls))
                        .as("%d bytes over TLS %s", size, tls)
                        .isEqualTo(size);
            }
        }
    }

    private static List<Integer> sizes() {
        return IntStream.concat(
                        IntStream.rangeClosed(RECORD - 400, RECORD + 20).filter(size -> size % 20 == 0),
                        IntStream.of(1, 8_000, 12_000, 2 * RECORD - 100, 2 * RECORD, 40_000))
                .boxed()
                .toList();
    }
}
