package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.Nodes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Servers with the same keys that require client certificates of one authority. */
final class NodesWithClientCertificates {
    static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    private static final Certificates.Held SERVER = Certificates.server("localhost");

    private final String engine;
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());

    NodesWithClientCertificates(String engine) {
        Nodes.assumeUsable(engine);
        this.engine = engine;
    }

    SSLContext node() throws Exception {
        HandshakeRecorder recorder = new HandshakeRecorder(
                TicketKeyManager.open(new FixedSource(keys), TicketPolicy.DEFAULT, InstantSource.system()));
        SSLContext context = TicketOnlySslContext.create(
                Nodes.engine(engine), recorder, Connector.of("", ClientAuth.REQUIRED), "TLS");
        context.init(Certificates.keyManagers(SERVER), Certificates.trustManagers(AUTHORITY), null);
        return context;
    }

    SSLEngine server(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        return server;
    }
}
