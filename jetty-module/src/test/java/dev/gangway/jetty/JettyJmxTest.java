package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.jetty.jmx.MBeanContainer;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitoring of Jetty: the MBean, the factory's MBean, and the dump. */
@Tag("container")
class JettyJmxTest {
    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private List<TicketKey> keys;
    private Path keyFile;
    private Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        keys = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());
        keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, keys);
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        assertThat(beans()).as("left by an earlier test").isEmpty();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(beans()).isEmpty();
    }

    @Test
    void start_withoutJettysJmx_showsTheKeysUntilStop() throws Exception {
        GangwaySslContextFactory factory = factory();
        try (JettyNode node = JettyNode.start(factory)) {
            assertThat(beans()).containsExactly(named("Jetty"));
            assertThat(jmx.getAttribute(named("Jetty"), "State")).isEqualTo("SHARING");
            assertThat(jmx.getAttribute(named("Jetty"), "Engine")).isEqualTo("jdk");
            assertThat(jmx.getAttribute(named("Jetty"), "Installations")).isEqualTo(1);

            List<TicketKey> others = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());
            KeyFileWriter.writeKeyset(keyFile, others);
            assertThat(jmx.invoke(named("Jetty"), "reload", null, null))
                    .asString()
                    .startsWith("OK, ");
            assertThat(jmx.getAttribute(named("Jetty"), "ActiveKey"))
                    .isEqualTo(others.get(0).name().toString());

            for (int i = 0; i < 5; i++) {
                node.tls.reload(tls -> {});
            }
            assertThat(beans()).containsExactly(named("Jetty"));
        }
        assertThat(beans()).isEmpty();
        try (JettyNode again = JettyNode.start(factory)) {
            assertThat(again.tls).isSameAs(factory);
            assertThat(beans()).containsExactly(named("Jetty"));
        }
    }

    @Test
    void start_twoServersInOneJvm_haveAnMBeanEach() throws Exception {
        GangwaySslContextFactory other = factory();
        other.setKeys("random:");
        try (JettyNode first = JettyNode.start(factory());
                JettyNode second = JettyNode.start(other)) {
            assertThat(first.port()).isNotEqualTo(second.port());
            assertThat(beans()).containsExactlyInAnyOrder(named("Jetty"), named("Jetty-2"));
            assertThat(jmx.getAttribute(named("Jetty"), "Source")).isEqualTo("file:" + keyFile);
            assertThat(jmx.getAttribute(named("Jetty-2"), "Source")).isEqualTo("random:");
        }
    }

    @Test
    void serves_serverThatTheFactoryWasTold_isShownAndLoggedFromTheStart() throws Exception {
        GangwaySslContextFactory factory = factory();
        try (LogCapture log = new LogCapture();
                JettyNode node = JettyNode.configured(new SecureRequestCustomizer(), (server, http) -> {
                    return factory;
                })) {
            node.connector.setName("public");
            node.server.start();

            String connector = "public 127.0.0.1:" + node.port();
            assertThat((String[]) jmx.getAttribute(named("Jetty"), "Serves")).containsExactly(connector);
            assertThat(factory.getServedConnectors()).containsExactly(connector);
            assertThat(announcements(log))
                    .containsExactly("Connector " + connector + " resumes TLS sessions from tickets only: hosts"
                            + " [localhost], engine jdk, protocols [TLSv1.3, TLSv1.2]. Tested through its socket: a client"
                            + " resumed with [TLSv1.3, TLSv1.2] at /127.0.0.1:" + node.port());
            HttpsClient.of("TLSv1.3").get(node.port());
            assertThat(announcements(log)).hasSize(1);
            factory.reload(tls -> {});
            assertThat(announcements(log)).as("tested again").hasSize(2);
        }
    }

    @Test
    void serves_twoServers_tellsThemApart() throws Exception {
        try (JettyNode first = JettyNode.start(factory());
                JettyNode second = JettyNode.start(factory())) {
            assertThat((String[]) jmx.getAttribute(named("Jetty"), "Serves"))
                    .containsExactly("127.0.0.1:" + first.port());
            assertThat((String[]) jmx.getAttribute(named("Jetty-2"), "Serves"))
                    .containsExactly("127.0.0.1:" + second.port());
        }
    }

    /** Without ALPN, the TLS connection has another type. */
    @Test
    void serves_connectorForHttp1Alone_isLearnedFromTheFirstConnection() throws Exception {
        GangwaySslContextFactory factory = factory();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, factory);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        try {
            HttpsClient.of("TLSv1.3").get(connector.getLocalPort());
            assertThat(factory.getServedConnectors()).containsExactly("127.0.0.1:" + connector.getLocalPort());
        } finally {
            server.stop();
        }
    }

    private static List<String> announcements(LogCapture log) {
        return log.at(Level.INFO).stream()
                .filter(line -> line.startsWith("Connector "))
                .toList();
    }

    @Test
    void start_refused_leavesNothing() throws Exception {
        Files.write(keyStore, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> JettyNode.start(factory())).isInstanceOf(Exception.class);
        assertThat(beans()).isEmpty();
    }

    @Test
    void mbeanContainer_ownMBeanOfTheFactory_showsKeysAndSettingsReadOnly() throws Exception {
        GangwaySslContextFactory factory = factory();
        MBeanContainer container = new MBeanContainer(jmx);
        try (JettyNode node = new JettyNode(factory, new SecureRequestCustomizer())) {
            node.server.addEventListener(container);
            node.server.addBean(container);
            node.server.start();
            ObjectName bean = container.findMBean(factory);

            assertThat(jmx.getAttribute(bean, "ticketKeyState")).isEqualTo("SHARING");
            assertThat((String[]) jmx.getAttribute(bean, "ticketKeyRing"))
                    .containsExactly(keys.get(0).name() + " ACTIVE", keys.get(1).name() + " NEXT");
            assertThat(jmx.getAttribute(bean, "ticketKeyDigest"))
                    .isEqualTo(factory.ticketKeyManager().orElseThrow().ring().digest());
            assertThat(jmx.getAttribute(bean, "ticketKeyFault")).isEqualTo("");
            assertThat((String[]) jmx.getAttribute(bean, "ticketHandshakes"))
                    .as("the connector's self-test")
                    .containsExactly(
                            "none TLSv1.2: 1 resumed, 1 full, 0 failed", "none TLSv1.3: 1 resumed, 1 full, 0 failed");
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());
            client.get(node.port());
            assertThat((String[]) jmx.getAttribute(bean, "ticketHandshakes"))
                    .contains("none TLSv1.3: 2 resumed, 2 full, 0 failed");
            assertThat(node.server.dump()).contains("none TLSv1.3: 2 resumed, 2 full, 0 failed]");
            assertThat(jmx.getAttribute(bean, "keys")).isEqualTo("file:" + keyFile);
            assertThat(jmx.getAttribute(bean, "ticketLifetime")).isEqualTo("6h");
            for (MBeanAttributeInfo attribute : jmx.getMBeanInfo(bean).getAttributes()) {
                if (attribute.getName().matches("ticket.*|keys|engine|pollInterval|scope")) {
                    assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
                }
            }
        } finally {
            container.destroy();
        }
    }

    @Test
    void dump_ofTheServer_showsStateKeysAndDigest() throws Exception {
        GangwaySslContextFactory factory = factory();
        try (JettyNode node = JettyNode.start(factory)) {
            String digest = factory.ticketKeyManager().orElseThrow().ring().digest();
            assertThat(node.server.dump().lines().filter(line -> line.contains("GangwaySslContextFactory@")))
                    .anySatisfy(line -> assertThat(line)
                            .contains("ticket keys SHARING", keys.get(0).name() + " ACTIVE", "digest " + digest));

            Files.delete(keyFile);
            factory.ticketKeyManager().orElseThrow().reload();
            assertThat(node.server.dump()).contains("ticket keys KEEPING_LAST_GOOD_KEYS");
            assertThat(factory.getTicketKeyFault()).contains("does not exist");
        }
        assertThat(factory.dump()).contains("ticket keys STOPPED");
        assertThat(factory.getTicketKeyRing()).isEmpty();
    }

    private GangwaySslContextFactory factory() {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys("file:" + keyFile);
        return factory;
    }

    private Set<ObjectName> beans() throws Exception {
        return jmx.queryNames(new ObjectName("dev.gangway:*"), null);
    }

    private static ObjectName named(String name) throws Exception {
        return new ObjectName("dev.gangway:type=TicketKeys,name=" + name);
    }
}
