package dev.gangway.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.testing.EngineClient;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.Nodes.Node;
import dev.gangway.testing.PiecewiseHandshake;
import java.util.Random;
import javax.net.ssl.SSLEngine;

/** Real handshakes whose bytes arrive in pieces succeed, and the observer understands them. */
class PiecewiseHandshakesTest {
    private static final int TRIES = 25;

    @EveryEngineAndProtocol
    void handshakes_inPiecesOfAnySize_completeWithTheRightOutcome(String engine, String protocol) throws Exception {
        Nodes nodes = new Nodes(engine);
        Node a = nodes.node();
        Node b = nodes.node();
        for (int i = 0; i < TRIES; i++) {
            for (String clientEngine : new String[] {"jdk", "conscrypt"}) {
                EngineClient client = new EngineClient(clientEngine, protocol);
                Random random = new Random(i);
                assertThat(outcome(client, a, random)).as("try %d", i).isEqualTo(HandshakeOutcome.FULL_WITHOUT_TICKET);
                assertThat(outcome(client, b, random)).as("try %d", i).isEqualTo(HandshakeOutcome.RESUMED_ACTIVE_KEY);
            }
        }

        HandshakeCounts full = a.recorder().counts().get(0);
        assertThat(a.recorder().counts()).hasSize(1);
        assertThat(full.protocol()).isEqualTo(protocol);
        assertThat(full.full()).isEqualTo(2 * TRIES);
        assertThat(full.withNewTicket())
                .as("each full handshake gives a ticket")
                .isEqualTo(2 * TRIES);
        assertThat(b.recorder().counts().get(0).resumed()).isEqualTo(2 * TRIES);
    }

    private static HandshakeOutcome outcome(EngineClient client, Node node, Random random) throws Exception {
        SSLEngine server = node.context().createSSLEngine();
        PiecewiseHandshake.run(client.newEngine(), server, random);
        return HandshakeObserver.of(server).orElseThrow().outcome();
    }
}
