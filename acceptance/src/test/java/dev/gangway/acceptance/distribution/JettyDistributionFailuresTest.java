package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.CurlClient;
import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A wrong configuration ends the process, with a message that names the fault and how to correct it. */
class JettyDistributionFailuresTest {
    static final List<String> VERSIONS = JettyDistribution.VERSIONS;

    private final Map<String, DistributionProcess> started = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private Path keyStore;

    @BeforeEach
    void makeCertificate() {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "127.0.0.1")), folder.resolve("keystore.p12"));
    }

    @AfterEach
    void stop() {
        started.values().forEach(DistributionProcess::close);
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void start_wrongSetting_endsWithAMessage(String version) throws Exception {
        JettyBase base = base(version);
        Map<String, String> messages = Map.of(
                "gangway.keys=file:${jetty.base}/etc/gone.keys",
                "etc/gone.keys does not exist",
                "gangway.engine=boringssl",
                "engine 'boringssl' is unknown; the engines are: jdk, conscrypt",
                "gangway.engine=conscrypt",
                "start.jar --add-modules=conscrypt",
                "jetty.sslContext.provider=SunJSSE2",
                "provider 'SunJSSE2' and engine 'jdk' cannot be combined");
        for (String setting : messages.keySet()) {
            started.put(setting, base.launch(folder.resolve("log" + started.size()), setting));
        }
        for (Map.Entry<String, String> message : messages.entrySet()) {
            assertEnds(started.get(message.getKey()), message.getValue());
        }
    }

    /** In every place where an operator can write it. */
    @ParameterizedTest
    @FieldSource("VERSIONS")
    void start_misspeltProperty_endsWithTheNearestRightOne(String version) throws Exception {
        JettyBase inSite = base(version);
        inSite.set("gangway.scpoe=partners");
        started.put("start.d", inSite.launch(folder.resolve("site.log")));
        assertEnds(
                started.get("start.d"),
                "module 'gangway' has no property gangway.scpoe=partners; did you mean 'gangway.scope'?");
        Path site = inSite.path().resolve("start.d/site.ini");
        Files.writeString(site, Files.readString(site).replace("gangway.scpoe=partners\n", ""));

        started.put("-D", inSite.launch(folder.resolve("system.log"), "-Dgangway.tiketLifetime=1h"));
        started.put("argument", inSite.launch(folder.resolve("argument.log"), "gangway.poll=10s"));
        started.put("dry run", inSite.launchWithoutStartJar("jetty.gangway.scope=partners"));
        assertEnds(started.get("-D"), "gangway.tiketLifetime=1h; did you mean 'gangway.ticketLifetime'?");
        assertEnds(started.get("argument"), "gangway.poll=10s; did you mean 'gangway.pollInterval'?");
        assertEnds(started.get("dry run"), "jetty.gangway.scope=partners; did you mean 'gangway.scope'?");
        assertThat(started.get("dry run").awaitExit()).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void start_jvmWithoutTheFlag_endsWithAMessage(String version) throws Exception {
        JettyBase base = base(version);
        Path module = base.path().resolve("modules/gangway-engine/jdk.mod");
        Files.writeString(module, Files.readString(module).replaceFirst("(?m)^--add-opens=.*\\n", ""));

        started.put("", base.launch());

        assertEnds(started.get(""), "needs the JVM flag --add-opens=java.base/sun.security.ssl=ALL-UNNAMED");
    }

    /** start.jar exits with 0 even if the JVM that it started fails; the server's JVM does not. */
    @ParameterizedTest
    @FieldSource("VERSIONS")
    void start_dryRunsCommandLineWithAWrongSetting_endsWithAnErrorCode(String version) throws Exception {
        JettyBase base = base(version);

        started.put("", base.launchWithoutStartJar("gangway.ticketLifetime=8d"));

        assertEnds(started.get(""), "ticketLifetime 8d is outside");
        assertThat(started.get("").awaitExit()).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void uninstall_filesOfTheZipRemoved_jettyIsAsBefore(String version) throws Exception {
        JettyBase base = base(version);
        Files.delete(base.path().resolve("start.d/gangway.ini"));
        started.put("module off", base.launch(folder.resolve("off.log")));
        assertThat(CurlClient.status(base.await(started.get("module off")).port()))
                .isEqualTo("HTTP/1.1 200");

        String output = ExternalCommand.run(
                List.of(
                        "sh",
                        "-c",
                        "cd '" + base.path() + "' && rm -r modules/gangway.mod modules/gangway-engine etc/gangway.xml"
                                + " etc/gangway-properties.xml lib/gangway"),
                "");
        assertThat(output).isEmpty();
        started.put("removed", base.launch(folder.resolve("removed.log")));
        assertThat(CurlClient.status(base.await(started.get("removed")).port())).isEqualTo("HTTP/1.1 200");
        assertThat(started.get("removed").output())
                .doesNotContainIgnoringCase("gangway.")
                .doesNotContain("Forking");
    }

    private JettyBase base(String version) throws Exception {
        JettyBase base = JettyBase.make(
                JettyDistribution.home(version), folder.resolve("base"), JavaInstallations.running(), keyStore);
        base.unzipGangway();
        base.add("gangway", "https");
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), FleetKeys.fresh());
        return base;
    }

    private static void assertEnds(DistributionProcess process, String message) throws Exception {
        process.awaitExit();
        assertThat(process.output())
                .contains(message)
                .doesNotContain("Started oejs.Server")
                .doesNotContain("{SSL, ");
    }
}
