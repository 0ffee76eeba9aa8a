package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.TicketClient;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SunJSSE stores sessions of clients that accept no tickets. If the server requests client certificates, no session may
 * remain, because the certificates could not be checked on resumption.
 */
@Tag("engine")
class SessionsWithoutTicketsTest {
    private static final String CLIENT_TICKETS = "jdk.tls.client.enableSessionTicketExtension";
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final int STEPS = 60;

    private SSLContext context;
    private TicketClient client;

    @BeforeEach
    void start() throws Exception {
        TicketKeyManager manager = TicketKeyManager.open(
                new FixedSource(KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom())),
                TicketPolicy.DEFAULT,
                InstantSource.system());
        context = TicketOnlySslContext.create(
                new JdkTicketEngine(), new HandshakeRecorder(manager), Connector.of("", ClientAuth.REQUIRED), "TLS");
        context.init(
                Certificates.keyManagers(Certificates.server("localhost")),
                Certificates.trustManagers(AUTHORITY),
                null);
        System.setProperty(CLIENT_TICKETS, "false");
        client = TicketClient.of("TLSv1.2", Certificates.keyManagers(Certificates.client("client", AUTHORITY)));
    }

    @AfterEach
    void restore() {
        System.clearProperty(CLIENT_TICKETS);
    }

    @Test
    void handshake_withoutTicket_leavesNoSession() throws Exception {
        assertThat(InMemoryHandshake.run(clientEngine(), server()).issuedTicket())
                .isEmpty();

        assertThat(cached()).isEmpty();
    }

    @Test
    void renegotiation_withoutTicket_leavesNoSession() throws Exception {
        SSLEngine ours = clientEngine();
        SSLEngine server = server();
        assertThat(InMemoryHandshake.run(ours, server).issuedTicket()).isEmpty();
        ours.getSession().invalidate();
        byte[] before = ours.getSession().getId();

        ours.beginHandshake();
        pump(ours, server);

        assertThat(ours.getSession().getId()).as("a second handshake").isNotEqualTo(before);
        assertThat(cached()).isEmpty();
    }

    private List<byte[]> cached() {
        return Collections.list(context.getServerSessionContext().getIds());
    }

    private SSLEngine clientEngine() {
        SSLEngine engine = client.context().createSSLEngine("node.invalid", 443);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        return engine;
    }

    private SSLEngine server() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    private static void pump(SSLEngine client, SSLEngine server) throws Exception {
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        for (int step = 0; step < STEPS; step++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
        }
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws Exception {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else {
            in.flip();
            if (in.hasRemaining()) {
                engine.unwrap(in, ByteBuffer.allocate(70_000));
            }
            in.compact();
        }
    }
}
