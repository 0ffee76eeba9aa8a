package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;

/** A server's certificate is replaced by another one for the same name. */
@Tag("engine")
@Tag("conscrypt")
class RenewedCertificateTest {
    // The first Java whose SunJSSE compares the certificate with that of the session.
    private static final int COMPARING = 25;

    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());

    @EveryEngineAndProtocol
    void ticket_fromBeforeTheRenewal_resumesOrCostsOneFullHandshake(String engine, String protocol) throws Exception {
        SSLContext before = node(engine);
        SSLContext after = node(engine);
        TicketClient client = TicketClient.of(protocol);
        client.connect(before.createSSLEngine());

        boolean compares = engine.equals("jdk") && Runtime.version().feature() >= COMPARING;
        assertThat(client.resumes(after.createSSLEngine())).isEqualTo(!compares);
        assertThat(client.resumes(after.createSSLEngine())).isTrue();
    }

    private SSLContext node(String engine) throws Exception {
        Nodes.assumeUsable(engine);
        HandshakeRecorder recorder = new HandshakeRecorder(
                TicketKeyManager.open(new FixedSource(keys), TicketPolicy.DEFAULT, InstantSource.system()));
        SSLContext context =
                TicketOnlySslContext.create(Nodes.engine(engine), recorder, Connector.of("", ClientAuth.NONE), "TLS");
        context.init(Certificates.keyManagers(Certificates.server("localhost")), null, null);
        return context;
    }
}
