package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.HttpsClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Two TLS configurations in one JVM, each with its own ticket key manager. */
@Tag("container")
class TwoFactoriesTest {
    @TempDir
    Path folder;

    @EveryEngineAndProtocol
    void counts_ticketOfTheOtherFactoryWithTheSameKeys_isOfAnotherScope(String engine, String protocol)
            throws Exception {
        Path keys = keyFile("ticket.keys");
        GangwaySslContextFactory second = factory(engine, keys, "second");

        assertTicketIsNotTaken(factory(engine, keys, "first"), second, protocol, HandshakeOutcome.FULL_OTHER_SCOPE);
    }

    @EveryEngineAndProtocol
    void counts_ticketOfTheOtherFactoryWithOtherKeys_isOfAnUnknownKey(String engine, String protocol) throws Exception {
        GangwaySslContextFactory second = factory(engine, keyFile("second.keys"), "");

        assertTicketIsNotTaken(
                factory(engine, keyFile("first.keys"), ""), second, protocol, HandshakeOutcome.FULL_UNKNOWN_KEY);
    }

    private static void assertTicketIsNotTaken(
            GangwaySslContextFactory first, GangwaySslContextFactory second, String protocol, HandshakeOutcome expected)
            throws Exception {
        try (JettyNode a = JettyNode.start(first);
                JettyNode b = JettyNode.start(second)) {
            HttpsClient client = HttpsClient.of(protocol);
            client.get(a.port());
            assertThat(client.get(b.port()).resumed()).isFalse();

            assertThat(second.handshakes().orElseThrow().counts())
                    .filteredOn(counts -> counts.protocol().equals(protocol))
                    .singleElement()
                    .satisfies(counts -> assertThat(counts.of(expected)).isEqualTo(1));
        }
    }

    private Path keyFile(String name) throws Exception {
        Path file = folder.resolve(name);
        KeyFileWriter.writeKeyset(file, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        return file;
    }

    private static GangwaySslContextFactory factory(String engine, Path keys, String scope) {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        factory.setKeyStorePassword("changeit");
        factory.setKeys("file:" + keys);
        factory.setEngine(engine);
        factory.setScope(scope);
        return factory;
    }
}
