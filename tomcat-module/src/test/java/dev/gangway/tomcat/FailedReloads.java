package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import javax.net.ssl.X509KeyManager;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reload that fails for any reason leaves the host and its tickets unchanged. */
abstract class FailedReloads {
    private static final String HOST = "_default_";
    static final Certificates.Held EC = Certificates.server("localhost", "127.0.0.1");
    static final Certificates.Held RSA = Certificates.rsaServer("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    /** A wrong change of a host before a reload, and the log message about it. */
    record Mistake(String name, String reason, BiConsumer<SSLHostConfig, Path> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    abstract List<String> engines();

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "wrong key store password",
                        "password was incorrect",
                        (host, folder) -> last(host).setCertificateKeystorePassword("wrong")),
                new Mistake(
                        "missing key store",
                        "missing.p12",
                        (host, folder) -> last(host)
                                .setCertificateKeystoreFile(
                                        folder.resolve("missing.p12").toString())),
                new Mistake(
                        "alias that is none",
                        "nobody",
                        (host, folder) -> last(host).setCertificateKeyAlias("nobody")),
                new Mistake(
                        "misspelt protocol",
                        "TLS host _default_ has protocols [TLS1.3], none of which has session tickets; enable"
                                + " TLSv1.3 or"
                                + " TLSv1.2; did you mean 'TLSv1.3'?",
                        (host, folder) -> host.setProtocols("TLS1.3")),
                new Mistake("no protocol", "has protocols []", (host, folder) -> host.setProtocols("")),
                new Mistake(
                        "misspelt cipher suite",
                        "has ciphers=\"ECDHE-ECDSA-AES256-GCM-SHA348\", which matches no cipher suite for TLSv1.2",
                        (host, folder) -> host.setCiphers("ECDHE-ECDSA-AES256-GCM-SHA348")),
                new Mistake(
                        "missing trust store",
                        "missing.trust",
                        (host, folder) -> host.setTruststoreFile(
                                folder.resolve("missing.trust").toString())),
                new Mistake("wrong trust store", "", (host, folder) -> {
                    host.setTruststoreFile(folder.resolve("garbage").toString());
                    host.setTruststoreType("PKCS12");
                }),
                new Mistake("missing revocation list", "missing.crl", (host, folder) -> {
                    host.setTruststoreFile(folder.resolve("trust.p12").toString());
                    host.setTruststorePassword("changeit");
                    host.setTruststoreType("PKCS12");
                    host.setCertificateRevocationListFile(
                            folder.resolve("missing.crl").toString());
                }),
                new Mistake(
                        "trust manager that is none",
                        "dev.example.Nobody",
                        (host, folder) -> host.setTrustManagerClassName("dev.example.Nobody")),
                new Mistake(
                        "tickets disabled",
                        "has disableSessionTickets=\"true\"",
                        (host, folder) -> host.setDisableSessionTickets(true)),
                new Mistake("other protocols, and a wrong password", "password was incorrect", (host, folder) -> {
                    host.setProtocols("TLSv1.3");
                    last(host).setCertificateKeystorePassword("wrong");
                }),
                new Mistake("other cipher suites, and a missing trust store", "missing.trust", (host, folder) -> {
                    host.setCiphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256");
                    host.setTruststoreFile(folder.resolve("missing.trust").toString());
                }));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reload_fails_oneCertificateHostIsAsBefore(Mistake mistake) throws Exception {
        for (String engine : engines()) {
            assertChangesNothing(engine, mistake, store("ec", EC));
        }
    }

    /** Tomcat replaces the context of one certificate before it creates that of the next. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void reload_failsForTheSecondCertificate_hostIsAsBefore(Mistake mistake) throws Exception {
        for (String engine : engines()) {
            assertChangesNothing(engine, mistake, store("ec", EC), store("rsa", RSA));
        }
    }

    private void assertChangesNothing(String engine, Mistake mistake, Path... keyStores) throws Exception {
        Files.write(folder.resolve("garbage"), new byte[] {1, 2, 3});
        Certificates.write(Certificates.trustStore(Certificates.authority("a")), folder.resolve("trust.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        try (TomcatNode node = new TomcatNode(folder)
                        .withHost(HOST, keyStores)
                        .with(listener)
                        .start();
                LogCapture log = new LogCapture()) {
            SSLHostConfig host = node.host(HOST);
            List<HttpsClient> clients = List.of(HttpsClient.of("TLSv1.2"), HttpsClient.of("TLSv1.3"));
            for (HttpsClient client : clients) {
                client.get(node.port());
            }
            String[] protocols = host.getEnabledProtocols();
            String[] ciphers = host.getEnabledCiphers();
            List<SSLContext> contexts = contexts(host);
            List<X509KeyManager> keyManagers = keyManagers(host);

            mistake.make().accept(host, folder);
            assertThatThrownBy(() -> node.protocol().reloadSslHostConfigs())
                    .as(engine + ", " + mistake)
                    .isInstanceOf(RuntimeException.class);

            assertThat(host.getEnabledProtocols()).as(engine).isSameAs(protocols);
            assertThat(host.getEnabledCiphers()).as(engine).isSameAs(ciphers);
            assertThat(contexts(host)).as(engine).isEqualTo(contexts);
            assertThat(keyManagers(host)).as(engine).isEqualTo(keyManagers);
            assertThat(log.at(Level.WARNING))
                    .as(engine)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("TLS host _default_ is not reloaded; its last good configuration stays in use,"
                                    + " including its ticket keys")
                            .contains(mistake.reason()));
            for (HttpsClient client : clients) {
                HttpsClient.Exchange later = client.get(node.port());
                assertThat(later.status()).as(engine).isEqualTo(200);
                assertThat(later.resumed()).as(engine).isTrue();
            }
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                HttpsClient other = HttpsClient.of(protocol);
                other.get(node.port());
                assertThat(other.get(node.port()).resumed()).as(engine).isTrue();
            }
        }
    }

    Path store(String name, Certificates.Held certificate) throws Exception {
        return Certificates.write(Certificates.keyStore(certificate), folder.resolve(name + ".p12"));
    }

    private static List<SSLContext> contexts(SSLHostConfig host) {
        return host.getCertificates().stream()
                .map(SSLHostConfigCertificate::getSslContext)
                .toList();
    }

    // The context of engine openssl; other engines have none here.
    private static List<X509KeyManager> keyManagers(SSLHostConfig host) {
        List<X509KeyManager> keyManagers = new ArrayList<>();
        host.getCertificates().forEach(certificate -> keyManagers.add(certificate.getCertificateKeyManager()));
        return keyManagers;
    }

    private static SSLHostConfigCertificate last(SSLHostConfig host) {
        return host.getCertificates().stream().reduce((earlier, later) -> later).orElseThrow();
    }
}
