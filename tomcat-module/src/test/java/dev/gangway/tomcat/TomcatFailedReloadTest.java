package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("container")
class TomcatFailedReloadTest extends FailedReloads {
    @Override
    List<String> engines() {
        return List.of("jdk", "conscrypt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void reload_mistakeMended_takesTheNewSettings(String engine) throws Exception {
        try (TomcatNode node = node(engine).start()) {
            SSLHostConfig host = node.host("_default_");
            host.setProtocols("TLSv1.3");
            host.setTruststoreFile(folder.resolve("missing").toString());
            assertThatThrownBy(() -> node.protocol().reloadSslHostConfigs()).isInstanceOf(RuntimeException.class);
            assertThat(HttpsClient.of("TLSv1.2").get(node.port()).status()).isEqualTo(200);

            host.setTruststoreFile(null);
            node.protocol().reloadSslHostConfigs();

            assertThat(host.getEnabledProtocols()).containsExactly("TLSv1.3");
            assertThatThrownBy(() -> HttpsClient.of("TLSv1.2").get(node.port()))
                    .hasMessageContaining("protocol_version");
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());
            assertThat(client.get(node.port()).resumed()).isTrue();
        }
    }

    /** Tomcat requests certificates as soon as the setting changes; the context and its trust anchors are still the old ones. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void reload_failsAfterClientCertificatesWereAskedFor_noTicketIsTakenOrGivenUntilThatIsUndone(String engine)
            throws Exception {
        try (TomcatNode node = node(engine).start()) {
            SSLHostConfig host = node.host("_default_");
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());
            host.setCertificateVerification("optional");
            host.setTruststoreFile(folder.resolve("missing").toString());
            assertThatThrownBy(() -> node.protocol().reloadSslHostConfigs()).isInstanceOf(RuntimeException.class);

            for (int i = 0; i < 2; i++) {
                HttpsClient.Exchange asked = client.get(node.port());
                assertThat(asked.status()).isEqualTo(200);
                assertThat(asked.resumed()).isFalse();
            }

            host.setCertificateVerification("none");
            client.get(node.port());
            assertThat(client.get(node.port()).resumed()).isTrue();
        }
    }

    /** Hosts are reloaded one after the other, each completely or not at all. */
    @Test
    void reload_anotherHostFails_isWholeOrAsBefore() throws Exception {
        Path other = store("b", Certificates.server("b.example"));
        try (TomcatNode node = node("jdk").withHost("b.example", other).start();
                LogCapture log = new LogCapture()) {
            HttpsClient client = HttpsClient.of("TLSv1.3").at("b.example");
            client.get(node.port());
            SSLContext before = context(node.host("b.example"));
            Files.write(other, new byte[] {1, 2, 3});

            assertThatThrownBy(() -> node.protocol().reloadSslHostConfigs()).isInstanceOf(RuntimeException.class);

            assertThat(context(node.host("b.example"))).isSameAs(before);
            assertThat(client.get(node.port()).resumed()).isTrue();
            assertThat(log.at(Level.WARNING))
                    .filteredOn(line -> line.contains("is not reloaded"))
                    .singleElement()
                    .asString()
                    .startsWith("TLS host b.example is not reloaded");
        }
    }

    @Test
    void start_fails_isNotCalledAReload() throws Exception {
        TomcatNode node = node("jdk");
        node.host("_default_").setTruststoreFile(folder.resolve("missing").toString());
        try (LogCapture log = new LogCapture()) {
            assertThatThrownBy(node::start).isInstanceOf(Exception.class);
            assertThat(log.at(Level.WARNING)).noneMatch(line -> line.contains("is not reloaded"));
        }
    }

    /** Tomcat then uses that certificate for TLS 1.2, and Conscrypt cannot use the other one in TLS 1.3 either. */
    @Test
    void start_cipherSuitesForOneOfTwoCertificates_servesBothProtocols() throws Exception {
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", store("ec", EC), store("rsa", RSA))
                .with(listener("jdk"));
        node.host("_default_").setCiphers("ECDHE-RSA-AES256-GCM-SHA384");
        try (TomcatNode started = node.start()) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                HttpsClient client = HttpsClient.of(protocol);
                client.get(started.port());
                assertThat(client.get(started.port()).resumed()).isTrue();
            }
        }
    }

    private TomcatNode node(String engine) throws Exception {
        return new TomcatNode(folder).withHost("_default_", store("ec", EC)).with(listener(engine));
    }

    private static GangwayListener listener(String engine) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return listener;
    }

    private static SSLContext context(SSLHostConfig host) {
        return host.getCertificates().stream()
                .map(SSLHostConfigCertificate::getSslContext)
                .findFirst()
                .orElseThrow();
    }
}
