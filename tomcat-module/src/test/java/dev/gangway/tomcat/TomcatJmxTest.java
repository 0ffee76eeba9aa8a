package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Certificates;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The MBean of a running Tomcat. */
@Tag("container")
class TomcatJmxTest {
    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private Path keyFile;
    private Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        assertThat(beans()).as("left by an earlier test").isEmpty();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(beans()).isEmpty();
    }

    @Test
    void start_untilStop_showsTheKeysAndReloadsThem() throws Exception {
        try (TomcatNode node = node().with(listener("jdk")).start()) {
            assertThat(beans()).containsExactly(named("Tomcat"));
            assertThat(jmx.getAttribute(named("Tomcat"), "State")).isEqualTo("SHARING");
            assertThat(jmx.getAttribute(named("Tomcat"), "Source")).isEqualTo("file:" + keyFile);

            List<TicketKey> others = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());
            KeyFileWriter.writeKeyset(keyFile, others);
            assertThat(jmx.invoke(named("Tomcat"), "reload", null, null))
                    .asString()
                    .startsWith("OK, ");
            assertThat(jmx.getAttribute(named("Tomcat"), "ActiveKey"))
                    .isEqualTo(others.get(0).name().toString());

            for (int i = 0; i < 5; i++) {
                node.protocol().reloadSslHostConfigs();
            }
            assertThat(beans()).containsExactly(named("Tomcat"));

            node.tomcat.stop();
            assertThat(beans()).isEmpty();
            node.tomcat.start();
            assertThat(beans()).containsExactly(named("Tomcat"));
        }
        assertThat(beans()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"jdk,jdk", "conscrypt,conscrypt", "auto,jdk"})
    void engine_isTheOneThatServes(String configured, String shown) throws Exception {
        try (TomcatNode node = node().with(listener(configured)).start()) {
            assertThat(node.port()).isPositive();
            assertThat(jmx.getAttribute(named("Tomcat"), "Engine")).isEqualTo(shown);
        }
    }

    @Test
    void name_ofTheEngine_isTaken() throws Exception {
        TomcatNode node = node().with(listener("jdk"));
        node.tomcat.getEngine().setName("Shop");
        try (TomcatNode started = node.start()) {
            assertThat(started.port()).isPositive();
            assertThat(beans()).containsExactly(named("Shop"));
        }
    }

    @Test
    void start_twoServersInOneJvm_haveAnMBeanEach() throws Exception {
        GangwayListener other = listener("jdk");
        other.setKeys("random:");
        try (TomcatNode first = node().with(listener("jdk")).start();
                TomcatNode second = node().with(other).start()) {
            assertThat(first.port()).isNotEqualTo(second.port());
            assertThat(beans()).containsExactlyInAnyOrder(named("Tomcat"), named("Tomcat-2"));
            assertThat(jmx.getAttribute(named("Tomcat"), "Source")).isEqualTo("file:" + keyFile);
            assertThat(jmx.getAttribute(named("Tomcat-2"), "Source")).isEqualTo("random:");
        }
    }

    @Test
    void start_refused_leavesNothing() throws Exception {
        Files.write(keyStore, new byte[] {1, 2, 3});
        TomcatNode node = node().with(listener("jdk"));
        assertThatThrownBy(node::start).isInstanceOf(Exception.class);
        assertThat(beans()).isEmpty();
    }

    private TomcatNode node() {
        return new TomcatNode(folder).withHost("_default_", keyStore);
    }

    private GangwayListener listener(String engine) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keyFile);
        listener.setEngine(engine);
        return listener;
    }

    private Set<ObjectName> beans() throws Exception {
        return jmx.queryNames(new ObjectName("dev.gangway:*"), null);
    }

    private static ObjectName named(String name) throws Exception {
        return new ObjectName("dev.gangway:type=TicketKeys,name=" + name);
    }
}
