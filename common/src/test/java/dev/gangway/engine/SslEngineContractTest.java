package dev.gangway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.engine.RandomConversation.Close;
import dev.gangway.testing.EngineClient;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Nodes;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;

/**
 * An engine of a ticket-only context does what {@code SSLEngine} promises, however it is called, and differs in nothing from
 * the engine inside unless it must.
 */
@Tag("engine")
@Tag("conscrypt")
class SslEngineContractTest {
    private static final int CONVERSATIONS = LongForm.isAskedFor() ? 10_000 : 200;

    @EveryEngineAndProtocol
    void calls_ofAnyKindInAnyOrder_haveTheOutcomeOfTheEngineInside(String engine, String protocol) throws Exception {
        // Signatures of RSA are all of one length: so are the messages of all handshakes.
        Nodes nodes = Nodes.withRsaCertificate(engine);
        SSLContext bare = nodes.bareContext();
        SSLContext covered = nodes.node().context();
        boolean isConscrypt = engine.equals("conscrypt");
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            RandomConversation expected = converse(() -> nodes.bareEngine(bare), isConscrypt, protocol, seed);
            RandomConversation seen = converse(covered::createSSLEngine, isConscrypt, protocol, seed);

            String which = "conversation " + seed + ", closed " + seen.close;
            assertSound(seen, which);
            assertThat(seen.server.failure.map(Exception::getClass))
                    .as("%s: what the server threw; then %s", which, seen.server.trace)
                    .isEqualTo(expected.server.failure.map(Exception::getClass));
            // In TLS 1.3 Conscrypt's own engine sends tickets with the first data, whether there is room for both or
            // not.
            if (!isConscrypt || protocol.equals("TLSv1.2")) {
                assertThat(seen.server.trace).as(which).isEqualTo(expected.server.trace);
                assertThat(seen.toClient.arrived).as(which).isEqualTo(expected.toClient.arrived);
                assertThat(seen.toServer.arrived).as(which).isEqualTo(expected.toServer.arrived);
                assertThat(seen.server.finished).as(which).isEqualTo(expected.server.finished);
            }
        }
    }

    private static void assertSound(RandomConversation conversation, String which) {
        assertThat(conversation.server.violations)
                .as("%s: %s", which, conversation.server.trace)
                .isEmpty();
        assertThat(conversation.toClient.isPrefix()).as(which).isTrue();
        assertThat(conversation.toServer.isPrefix()).as(which).isTrue();
        // Conscrypt does not tell at all if it is called with nothing to unwrap just then.
        assertThat(conversation.server.finished)
                .as("%s: times the handshake is over, after %s", which, conversation.server.trace)
                .isBetween(conversation.isOrderly ? 1 : 0, 1);
        if (conversation.close == Close.AT_THE_END) {
            assertThat(conversation.server.failure).as(which).isEmpty();
        }
        if (conversation.close == Close.BY_SERVER && conversation.server.failure.isEmpty()) {
            assertThat(conversation.toClient.hasLost())
                    .as("%s: data lost of what the server wrote before it closed", which)
                    .isFalse();
        }
    }

    private static RandomConversation converse(
            Supplier<SSLEngine> servers, boolean overflowsInPart, String protocol, int seed) throws Exception {
        // Clients of both kinds, with tickets and without.
        EngineClient client = new EngineClient(seed % 2 == 0 ? "jdk" : "conscrypt", protocol);
        if (seed % 4 < 2) {
            client.connect(servers.get());
        }
        SSLEngine server = servers.get();
        server.setUseClientMode(false);
        RandomConversation conversation =
                new RandomConversation(new CheckedEngine(server, overflowsInPart), client.newEngine(), seed);
        conversation.run();
        return conversation;
    }
}
