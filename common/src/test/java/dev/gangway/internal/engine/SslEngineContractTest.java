package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.engine.RandomConversation.Close;
import dev.gangway.testing.EngineClient;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.UnobservedEngine;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;

/**
 * An engine of a ticket-only context does what {@code SSLEngine} promises, however it is called. It throws nothing that the
 * engine inside does not throw, and if that keeps the promises itself, gives the same results call by call.
 */
@Tag("engine")
@Tag("conscrypt")
class SslEngineContractTest {
    private static final int CONVERSATIONS = LongForm.tries(10_000, 200);

    @EveryEngineAndProtocol
    void calls_ofAnyKindInAnyOrder_keepTheContractOfSslEngine(String engine, String protocol) throws Exception {
        Nodes.assumeUsable(engine);
        // Signatures of RSA are all of one length: so are the messages of all handshakes.
        Nodes nodes = Nodes.withRsaCertificate(engine);
        SSLContext bare = nodes.bareContext();
        SSLContext covered = nodes.node().context();
        boolean isConscrypt = engine.equals("conscrypt");
        // On a Java whose ticket heads are checked, an engine that nobody watches takes no ticket, and so is no model.
        boolean takesUnreadTickets = isConscrypt || Runtime.version().feature() < 25;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            RandomConversation expected = converse(
                    covered::createSSLEngine,
                    () -> isConscrypt
                            ? nodes.bareEngine(bare)
                            : UnobservedEngine.of(nodes.engine(), (ObservedSslEngine) covered.createSSLEngine()),
                    isConscrypt,
                    takesUnreadTickets,
                    protocol,
                    seed);
            RandomConversation seen = converse(
                    covered::createSSLEngine,
                    covered::createSSLEngine,
                    isConscrypt,
                    takesUnreadTickets,
                    protocol,
                    seed);

            String which = "conversation " + seed + ", closed " + seen.close;
            assertSound(seen, isConscrypt, which);
            if (isConscrypt) {
                // The engine inside is no model of everything: it loses data, and may fail for it later.
                assertThat(seen.server.failure.isPresent() && expected.server.failure.isEmpty())
                        .as("%s: the server threw %s after %s", which, seen.server.failure, seen.server.trace)
                        .isFalse();
            } else {
                assertThat(seen.server.trace).as(which).isEqualTo(expected.server.trace);
                assertThat(seen.toClient.arrived).as(which).isEqualTo(expected.toClient.arrived);
                assertThat(seen.toServer.arrived).as(which).isEqualTo(expected.toServer.arrived);
            }
        }
    }

    private static void assertSound(RandomConversation conversation, boolean isConscrypt, String which) {
        assertThat(conversation.server.violations)
                .as("%s: %s", which, conversation.server.trace)
                .isEmpty();
        assertThat(conversation.toClient.isPrefix()).as(which).isTrue();
        assertThat(conversation.toServer.isPrefix()).as(which).isTrue();
        if (conversation.close == Close.AT_THE_END) {
            assertThat(conversation.server.failure).as(which).isEmpty();
            // Conscrypt does not tell at all if it is called with nothing to unwrap just then.
            assertThat(conversation.server.finished)
                    .as("%s: times the handshake is over, after %s", which, conversation.server.trace)
                    .isBetween(isConscrypt && !conversation.isOrderly ? 0 : 1, 1);
        }
        if (conversation.close == Close.BY_SERVER && conversation.server.failure.isEmpty()) {
            assertThat(conversation.toClient.hasLost())
                    .as("%s: data lost of what the server wrote before it closed", which)
                    .isFalse();
        }
    }

    private static RandomConversation converse(
            Supplier<SSLEngine> firstServers,
            Supplier<SSLEngine> servers,
            boolean overflowsInPart,
            boolean withTickets,
            String protocol,
            int seed)
            throws Exception {
        // Clients of both kinds, with tickets and without.
        EngineClient client = new EngineClient(seed % 2 == 0 ? "jdk" : "conscrypt", protocol);
        if (withTickets && seed % 4 < 2) {
            client.connect(firstServers.get());
        }
        SSLEngine server = servers.get();
        server.setUseClientMode(false);
        RandomConversation conversation =
                new RandomConversation(new CheckedEngine(server, overflowsInPart), client.newEngine(), seed);
        conversation.run();
        return conversation;
    }
}
