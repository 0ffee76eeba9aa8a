package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.TicketClient;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;

/**
 * Tickets with long certificate chains of clients: each ticket that is issued is accepted, and no connection fails because of
 * one. {@code DefaultMessageSizeTest} runs this again with SunJSSE's own limit for handshake messages.
 */
@Tag("engine")
@Tag("conscrypt")
class LargeTicketsTest {
    // Of SunJSSE, for servers and clients.
    private static final int LONGEST_MESSAGE = Integer.getInteger("jdk.tls.maxHandshakeMessageSize", 32 * 1024);
    private static final int REST_OF_MESSAGE = 500;

    @EveryEngineAndProtocol
    void chain_ofAnyLength_isServedAndResumedUpToTheLimit(String engine, String protocol) throws Exception {
        NodesWithClientCertificates nodes = new NodesWithClientCertificates(engine);
        SSLContext a = nodes.node();
        SSLContext b = nodes.node();
        for (int length : lengths()) {
            TicketClient client = TicketClient.of(
                    protocol,
                    Certificates.keyManagers(Certificates.clientWithLargeChain(
                            "client", NodesWithClientCertificates.AUTHORITY, length)));
            if (engine.equals("jdk") && length > LONGEST_MESSAGE - REST_OF_MESSAGE) {
                // SunJSSE does not accept such a chain at all.
                continue;
            }
            if (isTooLongForTheClient(engine, protocol, length)) {
                assertThatThrownBy(() -> client.connect(nodes.server(a)))
                        .as("%d", length)
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("exceeds the maximum allowed size");
                continue;
            }
            assertThat(client.resumes(nodes.server(a))).isFalse();
            assertResumes(client.connect(nodes.server(b)), length <= longest(engine, protocol), length);
            assertResumes(client.connect(nodes.server(a)), length <= longest(engine, protocol), length);
        }
    }

    private static int[] lengths() {
        return LongForm.isAskedFor()
                ? IntStream.range(4, 65).map(kilobytes -> kilobytes * 1000).toArray()
                : new int[] {8_000, 15_000, 17_000, 20_000, 27_000, 30_000, 32_000, 34_000, 60_000};
    }

    /** The longest chain whose tickets are issued. */
    private static int longest(String engine, String protocol) {
        if (engine.equals("jdk")) {
            return 28_000;
        }
        return protocol.equals("TLSv1.3") ? 16_000 : 65_000;
    }

    /** BoringSSL issues tickets of any length in TLS 1.2, also to clients that do not accept them. */
    private static boolean isTooLongForTheClient(String engine, String protocol, int length) {
        return engine.equals("conscrypt") && protocol.equals("TLSv1.2") && length > LONGEST_MESSAGE;
    }

    private static void assertResumes(Handshake handshake, boolean expected, int length) {
        assertThat(handshake.resumed()).as("%d", length).contains(expected);
        assertThat(handshake.offeredTicket().isPresent()).as("%d", length).isEqualTo(expected);
    }
}
