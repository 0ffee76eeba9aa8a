package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols and cipher suites with which no handshake can succeed, so that the test of the installation is impossible. */
@Tag("container")
class NothingEnabledTest {
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_protocolMisspelled_isRefusedAndNamesWhatThereIs(String engine) throws Exception {
        GangwaySslContextFactory factory = factory(engine);
        factory.setIncludeProtocols("TLS1.3");

        assertThatThrownBy(() -> JettyNode.start(factory))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("no protocol is enabled")
                .hasMessageContaining("enable TLSv1.3 or TLSv1.2")
                .hasMessageMatching(".*supported: \\[.*TLSv1\\.3.*]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_everyProtocolExcluded_isRefused(String engine) throws Exception {
        GangwaySslContextFactory factory = factory(engine);
        factory.setExcludeProtocols(".*");

        assertThatThrownBy(() -> JettyNode.start(factory)).hasMessageContaining("no protocol is enabled");
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2"})
    void start_cipherSuiteMisspelled_isRefusedAndNamesWhatThereIs(String engine, String protocol) throws Exception {
        GangwaySslContextFactory factory = factory(engine);
        factory.setIncludeProtocols(protocol);
        factory.setIncludeCipherSuites("TLS_AES_256_GCM_SHA348");

        assertThatThrownBy(() -> JettyNode.start(factory))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("no cipher suite for " + protocol + " is enabled; supported are [TLS_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_noCipherSuiteGoesWithTheCertificate_isRefusedAndNamesThem(String engine) throws Exception {
        GangwaySslContextFactory factory = factory(engine);
        factory.setIncludeCipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        factory.setIncludeProtocols("TLSv1.2");

        assertThatThrownBy(() -> JettyNode.start(factory))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("a full TLSv1.2 handshake")
                .hasMessageContaining("[TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]")
                .hasMessageContaining("match the certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "jdk,TLS_AES_256_GCM_SHA384,TLSv1.3",
        "jdk,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLSv1.2",
        "conscrypt,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLSv1.2"
    })
    void start_cipherSuitesOfOneProtocol_servesThat(String engine, String cipherSuite, String protocol)
            throws Exception {
        GangwaySslContextFactory factory = factory(engine);
        factory.setIncludeCipherSuites(cipherSuite);

        try (JettyNode node = JettyNode.start(factory)) {
            assertResumes(HttpsClient.of(protocol), node);
        }
    }

    /** Conscrypt chooses the certificate by the cipher suites of TLS 1.2, even in TLS 1.3. */
    @Test
    void start_conscryptWithoutCipherSuitesForTls12_isRefused() throws Exception {
        GangwaySslContextFactory factory = factory("conscrypt");
        factory.setIncludeCipherSuites("TLS_AES_256_GCM_SHA384");

        assertThatThrownBy(() -> JettyNode.start(factory))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("a full TLSv1.3 handshake")
                .hasMessageContaining("NO_CERTIFICATE_SET");
    }

    @Test
    void reload_nothingEnabled_isRefusedAndTheServerGoesOn() throws Exception {
        try (JettyNode node = JettyNode.start(factory("jdk"))) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());

            assertThatThrownBy(() -> node.tls.reload(tls -> tls.setIncludeProtocols("TLS1.3")))
                    .hasMessageContaining("no protocol is enabled");
            assertThatThrownBy(() -> node.tls.reload(tls -> {
                        tls.setIncludeProtocols();
                        tls.setIncludeCipherSuites("TLS_AES_256_GCM_SHA348");
                    }))
                    .hasMessageContaining("no cipher suite for TLSv1.3 is enabled");
        }
    }

    private static void assertResumes(HttpsClient client, JettyNode node) throws Exception {
        assertThat(client.get(node.port()).resumed()).isFalse();
        assertThat(client.get(node.port()).resumed()).isTrue();
    }

    private static GangwaySslContextFactory factory(String engine) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        factory.setKeyStorePassword("changeit");
        factory.setKeys("random:");
        factory.setEngine(engine);
        return factory;
    }
}
