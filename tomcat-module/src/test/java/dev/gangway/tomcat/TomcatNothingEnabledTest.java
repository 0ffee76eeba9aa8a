package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols and cipher suites with which no handshake, or no handshake with tickets, can succeed. */
@Tag("container")
class TomcatNothingEnabledTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "jdk,TLS1.3,did you mean 'TLSv1.3'?",
        "conscrypt,TLS1.3,did you mean 'TLSv1.3'?",
        "jdk,tlsv1.2,did you mean 'TLSv1.2'?",
        "jdk,TLSv1.1,enable TLSv1.3 or TLSv1.2",
        "conscrypt,TLSv1.1,enable TLSv1.3 or TLSv1.2",
        "jdk,'',has protocols []",
        "conscrypt,'',has protocols []",
    })
    void start_noProtocolWithTickets_isRefused(String engine, String protocols, String message) {
        TomcatNode node = node(engine);
        node.host("_default_").setProtocols(protocols);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("TLS host _default_ has protocols [")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_cipherSuitesThatAreNone_isRefused(String engine) {
        TomcatNode node = node(engine);
        node.host("_default_").setCiphers("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA348");

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("TLS host _default_ has ciphers=\"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA348\"")
                .hasMessageContaining("no cipher suite for TLSv1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_noCipherSuiteGoesWithTheCertificate_isRefused(String engine) {
        TomcatNode node = node(engine);
        node.host("_default_").setProtocols("TLSv1.2");
        node.host("_default_").setCiphers("ECDHE-RSA-AES256-GCM-SHA384");

        assertThatThrownBy(node::start)
                .hasStackTraceContaining("a full TLSv1.2 handshake")
                .hasStackTraceContaining("match the certificate");
    }

    /** Conscrypt chooses the certificate by the cipher suites of TLS 1.2, even in TLS 1.3. */
    @Test
    void start_conscryptWithoutCipherSuitesForTls12_isRefused() {
        TomcatNode node = node("conscrypt");
        node.host("_default_").setProtocols("TLSv1.3");
        node.host("_default_").setCiphers("NONE-THAT-MATTERS");

        assertThatThrownBy(node::start)
                .hasStackTraceContaining("a full TLSv1.3 handshake")
                .hasStackTraceContaining("NO_CERTIFICATE_SET");
    }

    @ParameterizedTest
    @CsvSource({
        "jdk,TLSv1.2,ECDHE-ECDSA-AES256-GCM-SHA384",
        "conscrypt,TLSv1.2,ECDHE-ECDSA-AES256-GCM-SHA384",
        "jdk,TLSv1.3,NONE-THAT-MATTERS",
        "jdk,TLSv1.2+TLSv1.3,TLS_AES_256_GCM_SHA384",
    })
    void start_enoughIsEnabled_serves(String engine, String protocols, String ciphers) throws Exception {
        TomcatNode node = node(engine);
        node.host("_default_").setProtocols(protocols);
        node.host("_default_").setCiphers(ciphers);

        try (TomcatNode started = node.start()) {
            HttpsClient client = HttpsClient.of(protocols.substring(protocols.length() - "TLSv1.x".length()));
            client.get(started.port());
            assertThat(client.get(started.port()).resumed()).isTrue();
        }
    }

    private TomcatNode node(String engine) {
        Path store = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return new TomcatNode(folder).withHost("_default_", store).with(listener);
    }
}
