package dev.gangway.examples.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.FixedKeySource;
import dev.gangway.testing.HttpsClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkHttpsNodeTest {
    @TempDir
    Path folder;

    private ServerKeyStore certificate;

    @BeforeEach
    void makeCertificate() {
        Path file = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("server.p12"));
        certificate = new ServerKeyStore(file, new String(Certificates.PASSWORD));
    }

    @EveryEngineAndProtocol
    void twoNodes_sameKeysOfTheApplicationsOwnSource_resumeEachOthersSessions(String engine, String protocol)
            throws Exception {
        byte[] keys = rawKey();
        try (JdkHttpsNode a = start(new FixedKeySource("vault:a", keys), engine);
                JdkHttpsNode b = start(new FixedKeySource("vault:b", keys), engine)) {
            HttpsClient client = HttpsClient.of(protocol);

            assertThat(client.get(a.port()).resumed()).isFalse();
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(client.get(a.port()).resumed()).isTrue();

            assertThat(b.ticketKeys().getState()).isEqualTo("SHARING");
            assertThat(b.ticketKeys().getSource()).isEqualTo("vault:b");
            Await.until("the handshake is counted", () -> b.ticketKeys().getResumedHandshakes() == 1);
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(new ObjectName("dev.gangway:type=TicketKeys,name=HttpsServer"), "State"))
                    .isEqualTo("SHARING");
        }
    }

    @EveryEngineAndProtocol
    void twoNodes_otherKeys_doFullHandshakes(String engine, String protocol) throws Exception {
        try (JdkHttpsNode a = start(new FixedKeySource("vault:a", rawKey()), engine);
                JdkHttpsNode b = start(new FixedKeySource("vault:b", rawKey()), engine)) {
            HttpsClient client = HttpsClient.of(protocol);

            client.get(a.port());
            assertThat(client.get(b.port()).resumed()).isFalse();
        }
    }

    @Test
    void source_failsAndComesBack_lastGoodKeysStayUntilThereAreOthers() throws Exception {
        FixedKeySource source = new FixedKeySource("vault:a", rawKey());
        try (JdkHttpsNode node = start(source, "jdk")) {
            String first = node.ticketKeys().getActiveKey();
            source.set(null);
            Await.until("the fault is seen", () -> node.ticketKeys().getState().equals("KEEPING_LAST_GOOD_KEYS"));
            assertThat(node.ticketKeys().getFault()).isEqualTo("vault:a has no keys");
            assertThat(node.ticketKeys().getActiveKey()).isEqualTo(first);

            source.set(new byte[79]);
            Await.until(
                    "the content is refused", () -> node.ticketKeys().getFault().contains("79 bytes"));
            assertThat(node.ticketKeys().getFault()).startsWith("vault:a has 79 bytes and is not a keyset");

            source.set(rawKey());
            Await.until(
                    "the new keys are in use",
                    () -> node.ticketKeys().getState().equals("SHARING"));
            assertThat(node.ticketKeys().getActiveKey()).isNotEqualTo(first);
        }
    }

    @Test
    void start_sourceHasNothing_isRefused() {
        assertThatThrownBy(() -> start(new FixedKeySource("vault:a", null), "jdk"))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("vault:a has no keys");
    }

    private JdkHttpsNode start(FixedKeySource source, String engine) throws Exception {
        return JdkHttpsNode.start(
                TicketSettings.ofKeys(source).withEngine(engine).withPollInterval(Duration.ofMillis(100)),
                certificate,
                0);
    }

    private static byte[] rawKey() {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
