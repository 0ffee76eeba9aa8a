package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.TicketSettings;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedKeySource;
import dev.gangway.testing.Http2Client;
import dev.gangway.testing.HttpsClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Instant;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("container")
class GangwaySslContextFactoryTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");

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
        try (JettyNode a = JettyNode.start(factory(engine));
                JettyNode b = JettyNode.start(factory(engine));
                JettyNode stock = JettyNode.start(configured(new SslContextFactory.Server()))) {
            HttpsClient client = HttpsClient.of(protocol);

            assertThat(client.get(a.port()).resumed()).isFalse();
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(client.get(a.port()).resumed()).isTrue();
            assertThat(client.get(stock.port()).resumed()).isFalse();
            assertThat(a.cachedSessions()).isLessThanOrEqualTo(1);
            assertThat(b.cachedSessions()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void reload_newContext_opensTicketsFromBeforeAndOtherNodesOpenItsOwn(String engine, String protocol)
            throws Exception {
        try (JettyNode a = JettyNode.start(factory(engine));
                JettyNode b = JettyNode.start(factory(engine))) {
            HttpsClient client = HttpsClient.of(protocol);
            client.get(a.port());
            a.tls.reload(tls -> {});

            assertThat(client.get(a.port()).resumed()).isTrue();
            assertThat(client.get(b.port()).resumed()).isTrue();
        }
    }

    @Test
    void reload_brokenKeyStore_keepsTheLastGoodContextServing() throws Exception {
        try (JettyNode a = JettyNode.start(factory())) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            byte[] good = Files.readAllBytes(keyStore);
            Files.write(keyStore, new byte[] {1, 2, 3});

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> a.tls.reload(tls -> {})).isInstanceOf(Exception.class);
                assertThat(client.get(a.port()).status()).isEqualTo(200);
                assertThat(client.get(a.port()).resumed()).isTrue();
            }

            Files.write(keyStore, good);
            a.tls.reload(tls -> {});
            assertThat(client.get(a.port()).resumed()).isTrue();
        }
    }

    @Test
    void reload_hundredTimes_leavesOneInstallation() throws Exception {
        GangwaySslContextFactory factory = factory();
        try (JettyNode a = JettyNode.start(factory)) {
            for (int i = 0; i < 100; i++) {
                a.tls.reload(tls -> {});
            }
            TicketKeyManager manager = factory.ticketKeyManager().orElseThrow();
            Await.collected(
                    "nothing refers to replaced contexts",
                    () -> manager.status().installations() <= 1);
            // The last good context may exist in addition to the one that serves.
            assertThat(manager.status().installations()).isBetween(1, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void severalHostsAndServerNameRequired_everyHost_resumesAcrossNodesAndIsServed(String engine, String protocol)
            throws Exception {
        KeyStore hosts = Certificates.keyStore(
                Certificates.server("a.example"),
                Certificates.rsaServer("b.example"),
                Certificates.server("*.c.example"));
        Certificates.write(hosts, keyStore);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniRequired(true);
        GangwaySslContextFactory first = factory(engine);
        first.setSniRequired(true);
        GangwaySslContextFactory second = factory(engine);
        second.setSniRequired(true);

        try (JettyNode a = JettyNode.start(first, customizer);
                JettyNode b = JettyNode.start(second, customizer)) {
            for (String host : new String[] {"a.example", "b.example", "x.c.example"}) {
                HttpsClient client = HttpsClient.of(protocol).at(host);
                HttpsClient.Exchange full = client.get(a.port());
                HttpsClient.Exchange resumed = client.get(b.port());
                assertThat(full.resumed()).as(host).isFalse();
                assertThat(resumed.resumed()).as(host).isTrue();
                assertThat(full.status()).as(host).isEqualTo(200);
                assertThat(resumed.status()).as(host).isEqualTo(200);
            }
            assertThat(a.cachedSessions()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,TLSv1.2", "jdk,TLSv1.3", "conscrypt,TLSv1.2", "conscrypt,TLSv1.3"})
    void oneCertificateForSeveralHosts_everyHost_resumesAcrossNodesAndIsServed(String engine, String protocol)
            throws Exception {
        Certificates.write(Certificates.keyStore(Certificates.server("a.example", "*.c.example")), keyStore);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniRequired(true);

        try (JettyNode a = JettyNode.start(factory(engine), customizer);
                JettyNode b = JettyNode.start(factory(engine), customizer)) {
            for (String host : new String[] {"a.example", "x.c.example"}) {
                HttpsClient client = HttpsClient.of(protocol).at(host);
                assertThat(client.get(a.port()).status()).as(host).isEqualTo(200);
                HttpsClient.Exchange resumed = client.get(b.port());
                assertThat(resumed.resumed()).as(host).isTrue();
                assertThat(resumed.status()).as(host).isEqualTo(200);
            }
            assertThat(a.cachedSessions()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void tls13_valuesBoundToTheSessionByJetty_causeNoTicketThatOpensOnOneNodeOnly(String engine) throws Exception {
        try (JettyNode a = JettyNode.start(factory(engine));
                JettyNode b = JettyNode.start(factory(engine))) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            for (int i = 0; i < 5; i++) {
                for (JettyNode node : new JettyNode[] {a, a, b, b}) {
                    HttpsClient.Exchange exchange = client.get(node.port());
                    assertThat(exchange.resumed()).isTrue();
                    // A "ticket" of 32 bytes is the key of an entry in one node's session cache.
                    assertThat(exchange.handshake().offeredTicket().orElseThrow())
                            .hasSizeGreaterThan(100);
                }
            }
            assertThat(a.cachedSessions()).isZero();
            assertThat(b.cachedSessions()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void http2_overAlpn_isNegotiatedAsInStockJetty(String engine) throws Exception {
        try (JettyNode a = JettyNode.start(factory(engine))) {
            HttpResponse<String> response = new Http2Client().get("localhost", a.port());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).isEqualTo("HTTP/2.0");
        }
    }

    @Test
    void xml_asInTheReadme_configuresAFactory() throws Exception {
        String xml = """
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure id="sslContextFactory" class="dev.gangway.jetty.GangwaySslContextFactory">
                  <Set name="keyStorePath">%s</Set>
                  <Set name="keyStorePassword">changeit</Set>
                  <Set name="keys">file:%s</Set>
                  <Set name="ticketLifetime">1h</Set>
                </Configure>
                """.formatted(keyStore.toUri(), keys);
        Path file = Files.writeString(folder.resolve("tls.xml"), xml);
        GangwaySslContextFactory configured = (GangwaySslContextFactory)
                new XmlConfiguration(ResourceFactory.root().newResource(file)).configure();
        GangwaySslContextFactory alike = factory();
        alike.setTicketLifetime("1h");

        try (JettyNode a = JettyNode.start(configured);
                JettyNode b = JettyNode.start(alike)) {
            HttpsClient client = HttpsClient.of("TLSv1.2");
            HttpsClient.Exchange first = client.get(a.port());
            assertThat(first.handshake().issuedLifetimeSeconds()).contains(3600);
            assertThat(client.get(b.port()).resumed()).isTrue();
        }
    }

    @Test
    void conscryptAsJettysOwnModuleSetsItUp_resumesAcrossNodes() throws Exception {
        Provider provider = Conscrypt.newProvider();
        Security.addProvider(provider);
        try {
            GangwaySslContextFactory withProvider = factory("conscrypt");
            withProvider.setProvider(provider.getName());
            try (JettyNode a = JettyNode.start(withProvider);
                    JettyNode b = JettyNode.start(factory("conscrypt"))) {
                HttpsClient client = HttpsClient.of("TLSv1.3");
                client.get(a.port());
                assertThat(client.get(b.port()).resumed()).isTrue();
            }
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @Test
    void keySourceOfTheApplication_twoNodes_resumeEachOthersSessions() throws Exception {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        GangwaySslContextFactory first = configured(new GangwaySslContextFactory());
        first.setKeySource(new FixedKeySource("vault:first", key));
        GangwaySslContextFactory second = configured(new GangwaySslContextFactory());
        second.configure(TicketSettings.ofKeys(new FixedKeySource("vault:second", key)));
        try (JettyNode a = JettyNode.start(first);
                JettyNode b = JettyNode.start(second)) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(second.ticketKeys().orElseThrow().getSource()).isEqualTo("vault:second");
        }
        assertThat(second.ticketKeys()).isEmpty();
    }

    @Test
    void start_keysAndKeySource_isRefused() {
        GangwaySslContextFactory both = factory();
        both.setKeySource(new FixedKeySource("vault:a", new byte[80]));
        assertThatThrownBy(() -> JettyNode.start(both))
                .hasMessageContaining("both 'keys' and 'keySource' are set on GangwaySslContextFactory");
    }

    @Test
    void withSettingsOf_stockFactory_takesOverEverything() throws Exception {
        SslContextFactory.Server stock = configured(new SslContextFactory.Server());
        stock.setNeedClientAuth(true);
        stock.setExcludeProtocols("TLSv1.2");
        GangwaySslContextFactory factory = GangwaySslContextFactory.withSettingsOf(stock);
        assertThat(factory.getNeedClientAuth()).isTrue();
        assertThat(factory.getExcludeProtocols()).containsExactly("TLSv1.2");
        assertThat(factory.getKeyStorePath()).isEqualTo(stock.getKeyStorePath());

        stock.setNeedClientAuth(false);
        stock.start();
        try {
            assertThatThrownBy(() -> GangwaySslContextFactory.withSettingsOf(stock))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only before it is started");
        } finally {
            stock.stop();
        }
    }

    @Test
    void withSettingsOf_classOfItsOwn_isRefused() {
        SslContextFactory.Server own = new SslContextFactory.Server() {};
        assertThatThrownBy(() -> GangwaySslContextFactory.withSettingsOf(own))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("whose behaviour Gangway cannot take over");
    }

    @Test
    void start_keysUnusable_isRefusedWithTheReason() {
        GangwaySslContextFactory none = configured(new GangwaySslContextFactory());
        assertThatThrownBy(() -> JettyNode.start(none)).hasMessageContaining("'keys' is not set");

        GangwaySslContextFactory missing = factory();
        missing.setKeys("file:" + folder.resolve("nothing"));
        assertThatThrownBy(() -> JettyNode.start(missing))
                .hasMessageContaining(folder.resolve("nothing") + " does not exist");
        assertThat(missing.ticketKeyManager()).isEmpty();
    }

    @Test
    void start_settingsThatContradictTickets_areRefusedByName() {
        GangwaySslContextFactory timeout = factory();
        timeout.setSslSessionTimeout(3600);
        assertThatThrownBy(() -> JettyNode.start(timeout)).hasMessageContaining("sslSessionTimeout");

        GangwaySslContextFactory provider = factory();
        provider.setProvider("SunEC");
        assertThatThrownBy(() -> JettyNode.start(provider)).hasMessageContaining("provider 'SunEC'");
    }

    @Test
    void stop_keysAreWiped_andAStartMakesThemAnew() throws Exception {
        GangwaySslContextFactory factory = factory();
        JettyNode node = JettyNode.start(factory);
        TicketKeyManager manager = factory.ticketKeyManager().orElseThrow();
        node.close();
        assertThat(manager.ring().accepted()).isEmpty();
        assertThat(factory.ticketKeyManager()).isEmpty();
        assertThat(factory.handshakes()).isEmpty();

        try (JettyNode again = JettyNode.start(factory);
                JettyNode other = JettyNode.start(factory())) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(again.port());
            assertThat(client.get(other.port()).resumed()).isTrue();
            assertThat(factory.handshakes().orElseThrow().counts())
                    .extracting(HandshakeCounts::full)
                    .as("the connector's self-test in both versions, and the client in TLS 1.3")
                    .containsExactly(1L, 2L);
        }
    }

    private GangwaySslContextFactory factory() {
        return factory("jdk");
    }

    private GangwaySslContextFactory factory(String engine) {
        GangwaySslContextFactory factory = configured(new GangwaySslContextFactory());
        factory.setKeys("file:" + keys);
        factory.setEngine(engine);
        return factory;
    }

    private <T extends SslContextFactory.Server> T configured(T factory) {
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        return factory;
    }
}
