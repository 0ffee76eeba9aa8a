package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.HttpsClient;
import dev.gangway.tomcat.internal.OpenSslSupport;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.core.OpenSSLLifecycleListener;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.openssl.OpenSSLConf;
import org.apache.tomcat.util.net.openssl.OpenSSLConfCmd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conditions under which engine {@code openssl} starts or refuses to start. */
@Tag("openssl")
class OpenSslStartTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    @TempDir
    Path folder;

    @Test
    void auto_whereTomcatWouldUseOpenSsl_doesSo() throws Exception {
        TomcatNode node = node("auto");
        // A listener after Gangway's, whose setting is known only when connectors start.
        node.tomcat.getServer().addLifecycleListener(new OpenSSLLifecycleListener());
        try (TomcatNode started = node.start()) {
            assertThat(EngineTest.engineClassOf(started)).contains("openssl.panama");
        }
    }

    @Test
    void start_oneProtocolOnly_isProvenInThatOne() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            TomcatNode node = node("openssl");
            node.host("_default_").setProtocols(protocol);
            try (TomcatNode started = node.start()) {
                HttpsClient client = HttpsClient.of(protocol);
                client.get(started.port());
                assertThat(client.get(started.port()).resumed()).isTrue();
            }
        }
    }

    @Test
    void start_ticketsSwitchedOffByOpenSslConf_isRefusedAsUnproven() {
        TomcatNode node = node("openssl");
        OpenSSLConf conf = new OpenSSLConf();
        conf.addCmd(new OpenSSLConfCmd("Options", "-SessionTicket"));
        node.host("_default_").setOpenSslConf(conf);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("the test of the ticket keys in memory failed");
    }

    @Test
    void start_clientCertificatesAskedForByOpenSslConf_isRefused() {
        TomcatNode node = node("openssl");
        OpenSSLConf conf = new OpenSSLConf();
        conf.addCmd(new OpenSSLConfCmd("VerifyMode", "Require"));
        node.host("_default_").setOpenSslConf(conf);

        assertThatThrownBy(node::start).rootCause().hasMessageContaining("has the OpenSSLConf command VerifyMode");
    }

    @Test
    void start_optionalClientCertificates_isProvenAndServesBoth() throws Exception {
        Certificates.Held authority = Certificates.authority("authority");
        TomcatNode node = node("openssl");
        SSLHostConfig host = node.host("_default_");
        Path trust = Certificates.write(Certificates.trustStore(authority), folder.resolve("trust.p12"));
        host.setTruststoreFile(trust.toString());
        host.setTruststorePassword("changeit");
        host.setCertificateVerification("optional");
        try (TomcatNode started = node.start()) {
            for (HttpsClient client : List.of(
                    HttpsClient.of("TLSv1.3"),
                    HttpsClient.of("TLSv1.3", Certificates.keyManagers(Certificates.client("client", authority))))) {
                assertThat(client.get(started.port()).status()).isEqualTo(200);
                assertThat(client.get(started.port()).resumed()).isTrue();
            }
        }
    }

    @Test
    void load_noLibrary_isRefusedWithTheMend() throws Exception {
        assertThat(load(ForkedTests.classPath(), "-Dorg.apache.tomcat.util.openssl.LIBRARY_NAME=nothing"))
                .contains("Tomcat cannot load libnothing.so")
                .contains("Debian: libssl-dev");
    }

    @Test
    void load_tomcatWithoutItsOpenSslClasses_isRefusedWithTheMend() throws Exception {
        assertThat(load(without("tomcat-coyote-ffm"))).contains("put tomcat-coyote-ffm.jar of the same Tomcat");
    }

    @Test
    void load_buildWithoutJava22_isRefusedWithTheMend() throws Exception {
        assertThat(load(without("versions/22"))).contains("is not in this build of Gangway");
    }

    private static String without(String part) {
        return Stream.of(ForkedTests.classPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String load(String classPath, String... flags) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Arrays.stream(flags),
                        Stream.of("--enable-native-access=ALL-UNNAMED", OpenSslStartTest.class.getName()))
                .flatMap(words -> words)
                .toList();
        return ForkedTests.run(command, classPath).output();
    }

    /** The main method of the other JVM. */
    public static void main(String[] args) {
        try {
            OpenSslSupport.load();
            System.out.println("loaded");
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }

    private TomcatNode node(String engine) {
        Path store = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return new TomcatNode(folder).withHost("_default_", store).with(listener);
    }
}
