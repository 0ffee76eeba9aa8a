package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reload that fails changes nothing. */
@Tag("container")
class FailedReloadTest {
    private static final List<String> LOADED = List.of("KeyStore", "TrustStore", "SslContext");

    @TempDir
    Path folder;

    private Path keyStore;
    private GangwaySslContextFactory factory;
    private JettyNode node;
    private HttpsClient client;

    @BeforeEach
    void startServer() throws Exception {
        Path keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keyStore = Certificates.write(
                Certificates.keyStore(
                        Certificates.server("localhost", "*.b.example"), Certificates.server("a.example")),
                folder.resolve("keystore.p12"));
        factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys("file:" + keys);
        factory.setTrustStorePath(Certificates.write(
                        Certificates.trustStore(Certificates.server("authority")), folder.resolve("trust.p12"))
                .toUri()
                .toString());
        factory.setTrustStorePassword("changeit");
        factory.setCipherComparator(String::compareTo);
        factory.setUseCipherSuitesOrder(false);
        node = JettyNode.start(factory);
        client = HttpsClient.of("TLSv1.3");
        client.get(node.port());
    }

    @AfterEach
    void stopServer() {
        node.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("password", tls -> tls.setKeyStorePassword("wrong"), "password"),
                failure("key password", tls -> tls.setKeyManagerPassword("wrong"), ""),
                failure("trust password", tls -> tls.setTrustStorePassword("wrong"), "password"),
                failure("algorithm", tls -> tls.setKeyManagerFactoryAlgorithm("None"), "None"),
                failure("trust algorithm", tls -> tls.setTrustManagerFactoryAlgorithm("None"), "None"),
                failure("random", tls -> tls.setSecureRandomAlgorithm("None"), "None"),
                failure("protocol", tls -> tls.setProtocol("None"), "None"),
                failure("type", tls -> tls.setKeyStoreType("None"), "None"),
                failure("CRL", tls -> tls.setCrlPath("/does/not/exist"), "/does/not/exist"),
                failure("session timeout", tls -> tls.setSslSessionTimeout(60), "sslSessionTimeout"),
                failure("session cache", tls -> tls.setSslSessionCacheSize(60), "sslSessionCacheSize"),
                failure("provider", tls -> tls.setProvider("SunEC"), "provider 'SunEC'"),
                failure("engine", tls -> tls.setEngine("conscrypt"), "engine"),
                failure("keys", tls -> tls.setKeys("random:"), "keys"),
                failure("no protocol", tls -> tls.setIncludeProtocols("TLS1.3"), "no protocol is enabled"),
                failure("no cipher suite", tls -> tls.setIncludeCipherSuites("NONE"), "no cipher suite for TLSv1.3"),
                failure("pattern", tls -> tls.setExcludeProtocols("("), "Unclosed group"),
                failure("context", tls -> tls.setSslContext(defaultContext()), "an SSLContext is set on"),
                failure(
                        "empty store",
                        tls -> tls.setKeyStore(emptyKeyStore()),
                        "the test of the ticket keys in memory failed"),
                failure(
                        "client certificates without a key store",
                        tls -> {
                            tls.setNeedClientAuth(true);
                            tls.setScope("other");
                            tls.setCheckClientCertificates(false);
                            tls.setKeyStorePath("/does/not/exist");
                        },
                        "/does/not/exist"),
                failure(
                        "the caller",
                        tls -> {
                            tls.setNeedClientAuth(true);
                            tls.setCertAlias("other");
                            throw new IllegalArgumentException("the caller's reason");
                        },
                        "the caller's reason"),
                failure(
                        "an error of the caller",
                        tls -> {
                            tls.setWantClientAuth(true);
                            throw new AssertionError("the caller's error");
                        },
                        "the caller's error"));
    }

    private static Arguments failure(String name, Consumer<GangwaySslContextFactory> change, String reason) {
        return Arguments.of(name, change, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void reload_settingsThatCannotBe_changesNothingAndNamesTheReason(
            String name, Consumer<GangwaySslContextFactory> change, String reason) throws Exception {
        Map<String, Object> before = settings();

        try (LogCapture log = new LogCapture()) {
            assertThatThrownBy(() -> factory.reload(same -> change.accept((GangwaySslContextFactory) same)))
                    .hasStackTraceContaining(reason);
            assertThat(log.at(Level.WARNING))
                    .filteredOn(line -> line.contains("the last good configuration stays in use"))
                    .hasSize(1);
        }

        assertThat(settings()).isEqualTo(before);
        assertServesAsBefore();
        factory.reload(same -> {});
        assertServesAsBefore();
    }

    @Test
    void reload_filesThatAreBrokenNow_changesNothing() throws Exception {
        Path crl = Files.write(folder.resolve("revoked.crl"), new byte[0]);
        factory.reload(same -> {
            same.setCrlPath(crl.toUri().toString());
            same.setValidatePeerCerts(true);
        });
        Map<String, Object> before = settings();
        Files.write(crl, new byte[] {1, 2, 3});
        Files.delete(keyStore);

        assertThatThrownBy(() -> factory.reload(same -> {})).isInstanceOf(Exception.class);

        assertThat(settings()).isEqualTo(before);
        assertServesAsBefore();
    }

    @Test
    void reload_afterAFailedOne_readsTheFileAgain() throws Exception {
        assertThatThrownBy(() -> factory.reload(same -> same.setKeyStorePassword("wrong")))
                .isInstanceOf(Exception.class);
        Certificates.write(Certificates.keyStore(Certificates.server("localhost")), keyStore);

        factory.reload(same -> {});

        assertThat(factory.getAliases()).hasSize(1);
        assertThat(client.get(node.port()).status()).isEqualTo(200);
    }

    @Test
    void newEngine_whileAReloadFails_isAsBefore() throws Exception {
        AtomicReference<SSLEngine> made = new AtomicReference<>();
        Thread connection = new Thread(() -> made.set(factory.newSSLEngine("127.0.0.1", 1)));

        assertThatThrownBy(() -> factory.reload(same -> {
                    factory.setNeedClientAuth(true);
                    factory.setIncludeProtocols("TLSv1.2");
                    connection.start();
                    while (connection.getState() != Thread.State.WAITING && connection.isAlive()) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        connection.join();

        assertThat(made.get().getNeedClientAuth()).isFalse();
        assertThat(made.get().getEnabledProtocols()).contains("TLSv1.3");
    }

    @Test
    void reload_notStarted_isRefused() throws Exception {
        node.close();
        assertThatThrownBy(() -> factory.reload(same -> factory.setNeedClientAuth(true)))
                .hasMessageContaining("is not started");
        assertThat(factory.getNeedClientAuth()).isFalse();
    }

    private void assertServesAsBefore() throws Exception {
        for (String host : new String[] {"localhost", "a.example", "x.b.example"}) {
            assertThat(HttpsClient.of("TLSv1.3").at(host).get(node.port()).status())
                    .as(host)
                    .isEqualTo(200);
        }
        assertThat(client.get(node.port()).resumed()).isTrue();
        SSLEngine engine = factory.newSSLEngine();
        assertThat(engine.getNeedClientAuth()).isFalse();
        assertThat(engine.getWantClientAuth()).isFalse();
    }

    /** All settings that can be read, including the passwords; stores and context must be the same objects. */
    private Map<String, Object> settings() throws Exception {
        Map<String, Object> settings = new TreeMap<>();
        for (Method getter : GangwaySslContextFactory.class.getMethods()) {
            String name = getter.getName().replaceFirst("^(get|is)", "");
            if (getter.getParameterCount() == 0 && (hasSetter(name) || LOADED.contains(name))) {
                Object value = getter.invoke(factory);
                settings.put(getter.getName(), value instanceof Object[] array ? List.of(array) : value);
            }
        }
        settings.put("selected protocols", List.of(factory.getSelectedProtocols()));
        settings.put("selected cipher suites", List.of(factory.getSelectedCipherSuites()));
        settings.put("aliases", new ArrayList<>(factory.getAliases()));
        assertThat(settings).hasSizeGreaterThan(45);
        return settings;
    }

    private static boolean hasSetter(String name) {
        return Stream.of(GangwaySslContextFactory.class.getMethods())
                .filter(method -> SslContextFactory.class.isAssignableFrom(method.getDeclaringClass()))
                .anyMatch(method -> method.getName().equals("set" + name));
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore emptyKeyStore() {
        try {
            return Certificates.keyStore();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
