package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.Http2Client;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.logging.Level;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("container")
class GangwayListenerTest {
    private static final String DEFAULT_HOST = "_default_";
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");
    private static final Certificates.Held RSA_CERTIFICATE = Certificates.rsaServer("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    private Path keys;
    private Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void otherNode_sameKeyFile_resumesAndStockDoesNot(String engine, String protocol) throws Exception {
        try (TomcatNode a = node().with(listener(engine)).start();
                TomcatNode b = node().with(listener(engine)).start();
                TomcatNode stock = node().start()) {
            HttpsClient client = HttpsClient.of(protocol);

            HttpsClient.Exchange first = client.get(a.port());
            assertThat(first.resumed()).isFalse();
            assertThat(first.status()).isEqualTo(200);
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(client.get(a.port()).resumed()).isTrue();
            assertThat(client.get(stock.port()).resumed()).isFalse();
            assertThat(a.mostCachedSessionsInAContext()).isLessThanOrEqualTo(1);
            assertThat(b.mostCachedSessionsInAContext()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void reloadSslHostConfigs_newContexts_openTicketsFromBefore(String engine, String protocol) throws Exception {
        GangwayListener listener = listener(engine);
        try (TomcatNode a = node().with(listener).start();
                TomcatNode b = node().with(listener(engine)).start()) {
            TomcatHosts.assertReloadsKeepTickets(a, b, listener, protocol, 20);
        }
    }

    @Test
    void reloadSslHostConfigs_brokenKeyStore_keepsTheLastGoodContextServing() throws Exception {
        try (TomcatNode a = node().with(listener()).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            Files.write(keyStore, new byte[] {1, 2, 3});
            // Tomcat keeps a key store that it has read, until the certificate's key store is reset.
            a.host(DEFAULT_HOST).getCertificates().forEach(c -> c.setCertificateKeystore(null));

            assertThatThrownBy(() -> a.protocol().reloadSslHostConfigs()).isInstanceOf(IllegalArgumentException.class);
            assertThat(client.get(a.port()).resumed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void severalHostsAndCertificates_each_resumesAcrossNodes(String engine, String protocol) throws Exception {
        Path rsa = Certificates.write(Certificates.keyStore(RSA_CERTIFICATE), folder.resolve("rsa.p12"));
        Path other =
                Certificates.write(Certificates.keyStore(Certificates.server("b.example")), folder.resolve("b.p12"));
        try (TomcatNode a = bare().withHost(DEFAULT_HOST, keyStore, rsa)
                        .withHost("b.example", other)
                        .with(listener(engine))
                        .start();
                TomcatNode b = bare().withHost(DEFAULT_HOST, keyStore, rsa)
                        .withHost("b.example", other)
                        .with(listener(engine))
                        .start()) {
            TomcatHosts.assertEachHostResumes(a, b, protocol);
        }
    }

    @Test
    void hostAddedWhileRunning_resumesToo() throws Exception {
        Path other =
                Certificates.write(Certificates.keyStore(Certificates.server("b.example")), folder.resolve("b.p12"));
        try (TomcatNode a = node().with(listener()).start()) {
            SSLHostConfig added = new SSLHostConfig();
            added.setHostName("b.example");
            SSLHostConfigCertificate certificate =
                    new SSLHostConfigCertificate(added, SSLHostConfigCertificate.Type.UNDEFINED);
            certificate.setCertificateKeystoreFile(other.toString());
            certificate.setCertificateKeystorePassword("changeit");
            added.addCertificate(certificate);
            a.connector().addSslHostConfig(added);

            HttpsClient client = HttpsClient.of("TLSv1.3").at("b.example");
            client.get(a.port());
            assertThat(client.get(a.port()).resumed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void http2_overAlpn_isNegotiatedAsInStockTomcat(String engine) throws Exception {
        try (TomcatNode a = node().with(listener(engine)).start()) {
            HttpResponse<String> response = new Http2Client().get("localhost", a.port());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).isEqualTo("HTTP/2.0");
        }
    }

    @Test
    void start_keysUnusable_isRefusedWithTheReason() {
        GangwayListener none = new GangwayListener();
        assertThatThrownBy(() -> node().with(none).start())
                .rootCause()
                .hasMessageContaining("'keys' is not set on GangwayListener");

        GangwayListener missing = listener();
        missing.setKeys("file:" + folder.resolve("nothing"));
        assertThatThrownBy(() -> node().with(missing).start())
                .hasStackTraceContaining(folder.resolve("nothing") + " does not exist");
        assertThat(missing.ticketKeyManager()).isEmpty();
    }

    @Test
    void start_implementationWithoutListener_isRefusedWithTheMend() {
        TomcatNode node = node();
        node.connector().setProperty("sslImplementationName", GangwaySslImplementation.class.getName());
        node.connector().setThrowOnFailure(true);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("the server has no GangwayListener")
                .hasMessageContaining("<Listener className=\"dev.gangway.tomcat.GangwayListener\"");
    }

    @Test
    void start_certificateWithAContextOfItsOwn_isRefused() throws Exception {
        SSLContext own = SSLContext.getInstance("TLS");
        KeyManager[] keyManagers = Certificates.keyManagers(CERTIFICATE);
        own.init(keyManagers, null, null);
        X509KeyManager keyManager = (X509KeyManager) keyManagers[0];
        X509TrustManager trustManager = (X509TrustManager) Certificates.trustManagers(CERTIFICATE)[0];
        TomcatNode node = node().with(listener());
        node.host(DEFAULT_HOST)
                .getCertificates()
                .iterator()
                .next()
                .setSslContext(SSLUtil.createSSLContext(own, keyManager, trustManager));

        assertThatThrownBy(node::start).rootCause().hasMessageContaining("has an SSLContext of its own");
    }

    @Test
    void start_notProven_isRefusedAndNotServedWithoutTickets() {
        String property = "jdk.tls.server.newSessionTicketCount";
        System.setProperty(property, "0");
        try {
            TomcatNode node = node().with(listener());
            assertThatThrownBy(node::start).rootCause().hasMessageContaining(property + "=0");
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void start_sessionSettings_areSaidToHaveNoEffect() throws Exception {
        TomcatNode node = node().with(listener());
        node.host(DEFAULT_HOST).setSessionTimeout(60);
        try (LogCapture log = new LogCapture();
                TomcatNode started = node.start()) {
            assertThat(log.at(Level.WARNING)).anyMatch(line -> line.contains("sessionTimeout of TLS host _default_"));
            assertThat(HttpsClient.of("TLSv1.2").get(started.port()).handshake().issuedLifetimeSeconds())
                    .contains(6 * 3600);
        }
    }

    @Test
    void listener_notInsideServer_isRefused() {
        TomcatNode node = node();
        node.tomcat.getService().addLifecycleListener(listener());

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("must be directly inside <Server>, not inside StandardService");
    }

    @Test
    void destroy_keysAreWiped() throws Exception {
        GangwayListener listener = listener();
        TomcatNode node = node().with(listener).start();
        TicketKeyManager manager = listener.ticketKeyManager().orElseThrow();
        HttpsClient.of("TLSv1.3").get(node.port());
        assertThat(listener.handshakes().orElseThrow().counts())
                .extracting(HandshakeCounts::full)
                .as("the connector's self-test in both versions, and the client in TLS 1.3")
                .containsExactly(1L, 2L);
        node.close();

        assertThat(manager.ring().accepted()).isEmpty();
        assertThat(listener.ticketKeyManager()).isEmpty();
        assertThat(listener.handshakes()).isEmpty();
    }

    private GangwayListener listener() {
        return listener("jdk");
    }

    private GangwayListener listener(String engine) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keys);
        listener.setEngine(engine);
        return listener;
    }

    private TomcatNode node() {
        return bare().withHost(DEFAULT_HOST, keyStore);
    }

    private TomcatNode bare() {
        return new TomcatNode(folder);
    }
}
