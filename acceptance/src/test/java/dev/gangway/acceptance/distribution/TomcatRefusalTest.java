package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Faults for which a Tomcat distribution does not start: it logs the reason, and opens no port. */
class TomcatRefusalTest {
    static final List<String> VERSIONS = TomcatDistribution.VERSIONS;

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
    @FieldSource("VERSIONS")
    void noKeyFile_isRefused(String version) throws Exception {
        TomcatBase base = base(version, "");
        base.addToSetenv(TomcatDistribution.OPENS_LINE);

        assertRefused(base, "conf/ticket.keys does not exist");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void misspeltAttribute_isRefusedWithTheNearestRightOne(String version) throws Exception {
        TomcatBase base = complete(version, "");
        base.edit("GangwayListener\"", "GangwayListener\" optional=\"true\" scpoe=\"partners\"");

        assertRefused(base, "GangwayListener has no attribute scpoe=\"partners\"; did you mean 'scope'?");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void misspeltProtocol_isRefusedWithTheNearestRightOne(String version) throws Exception {
        TomcatBase base = complete(version, "protocols=\"TLS1.3\"");

        assertRefused(base, "TLS host _default_ has protocols [TLS1.3]");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void secondListener_isRefused(String version) throws Exception {
        TomcatBase base = complete(version, "");
        base.addListener(TomcatDistribution.listener("jdk"));

        assertRefused(base, "there are 2 GangwayListeners in one <Server>");
    }

    /** Only Tomcat 9 has this protocol, whose TLS does not use an {@code SSLContext}. */
    @Test
    void protocolWithTlsOfItsOwn_isRefusedAndTheRightOneIsNamed() throws Exception {
        TomcatBase base = complete(VERSIONS.get(0), "");
        base.edit("Http11NioProtocol", "Http11AprProtocol");

        assertRefused(
                base,
                "has protocol org.apache.coyote.http11.Http11AprProtocol, whose TLS cannot have shared ticket keys");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void noFlag_isRefusedAndTheFlagIsNamed(String version) throws Exception {
        TomcatBase base = base(version, "");
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), FleetKeys.fresh());

        assertRefused(base, "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void ticketsDisabled_isRefusedByHost(String version) throws Exception {
        TomcatBase base = complete(version, "disableSessionTickets=\"true\"");

        assertRefused(base, "TLS host _default_ has disableSessionTickets=\"true\"");
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void refusal_exitOnInitFailure_endsWithAnError(String version) throws Exception {
        TomcatBase base = base(version, "");
        base.addToSetenv("CATALINA_OPTS=\"$CATALINA_OPTS -Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true\"");

        try (DistributionProcess process = base.launch(JavaInstallations.running())) {
            assertThat(process.awaitExit()).as(process.output()).isEqualTo(1);
        }
    }

    private static void assertRefused(TomcatBase base, String reason) throws Exception {
        try (DistributionProcess process = base.launch(JavaInstallations.running())) {
            process.awaitExit();
            assertThat(process.output()).contains(reason).doesNotContain("Starting ProtocolHandler");
        }
    }

    /** A base that starts, unless {@code hostAttributes} are wrong. */
    private TomcatBase complete(String version, String hostAttributes) throws Exception {
        TomcatBase base = base(version, hostAttributes);
        base.addToSetenv(TomcatDistribution.OPENS_LINE);
        KeyFileWriter.writeKeyset(base.path().resolve("conf/ticket.keys"), FleetKeys.fresh());
        return base;
    }

    /** A base with the drop-in jar and the listener, without a key file and without JVM flags. */
    private TomcatBase base(String version, String hostAttributes) throws Exception {
        TomcatBase base = TomcatBase.make(
                TomcatDistribution.home(version),
                folder.resolve("base"),
                TomcatBase.connector("", TomcatBase.host(hostAttributes, keyStore)));
        base.addJar(ContainerArchive.dropInJar("tomcat"));
        base.addListener(TomcatDistribution.listener("jdk"));
        return base;
    }
}
