package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.TicketClient;

/** Has no tag, because the keys take long to generate; {@link LargeTicketsTest} is run with other versions. */
class Rsa4096ChainTest {
    private static final Certificates.Held CLIENT =
            Certificates.clientWithRsa4096Chain("client", NodesWithClientCertificates.AUTHORITY, 7);

    @EveryEngineAndProtocol
    void chain_ofSevenCertificates_resumes(String engine, String protocol) throws Exception {
        NodesWithClientCertificates nodes = new NodesWithClientCertificates(engine);
        TicketClient client = TicketClient.of(protocol, Certificates.keyManagers(CLIENT));
        assertThat(client.resumes(nodes.server(nodes.node()))).isFalse();
        Handshake resumed = client.connect(nodes.server(nodes.node()));
        assertThat(resumed.resumed()).contains(true);
        assertThat(resumed.offeredTicket().orElseThrow()).hasSizeGreaterThan(7_000);
    }
}
