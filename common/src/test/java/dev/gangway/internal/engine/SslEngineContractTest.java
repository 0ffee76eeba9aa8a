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
 * An engine of a ticket-only context keeps the contract of {@code SSLEngine} with any calls. It throws only the exceptions
 * of the engine inside, and if that engine keeps the contract itself, returns the same results for each call.
 */
@Tag("engine")
@Tag("conscrypt")
class SslEngineContractTest {
    private static final int CONVERSATIONS = LongForm.tries(10_000, 200);

    @EveryEngineAndProtocol
    void calls_ofAnyKindInAnyOrder_keepTheContractOfSslEngine(String engine, String protocol) throws Exception {
        Nodes.assumeUsable(engine);
        // RSA signatures all have the same length, so the messages of all handshakes do too.
        Nodes nodes = Nodes.withRsaCertificate(engine);
        SSLContext bare = nodes.bareContext();
        SSLContext observed = nodes.node().context();
        boolean isConscrypt = engine.equals("conscrypt");
        // On a Java version with checks of ticket heads, an unobserved engine accepts no ticket, so its results differ.
        boolean takesUnreadTickets = isConscrypt || Runtime.version().feature() < 25;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            RandomConversation expected = converse(
                    observed::createSSLEngine,
                    () -> isConscrypt
                            ? nodes.bareEngine(bare)
                            : UnobservedEngine.of(nodes.engine(), (ObservedSslEngine) observed.createSSLEngine()),
                    isConscrypt,
                    takesUnreadTickets,
                    protocol,
                    seed);
            RandomConversation seen = converse(
                    observed::createSSLEngine,
                    observed::createSSLEngine,
                    isConscrypt,
                    takesUnreadTickets,
                    protocol,
                    seed);

            String which = "conversation " + seed + ", closed " + seen.close;
            assertSound(seen, isConscrypt, which);
            if (isConscrypt) {
                // The engine inside itself breaks the contract: it loses data, and may fail later because of that.
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
            // Conscrypt does not report it if it is called with nothing to unwrap at that moment.
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
        // Clients of both engines, with and without tickets.
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
