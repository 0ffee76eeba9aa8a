package dev.gangway.testing;

import dev.gangway.context.Connector;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.HandshakeRecorder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/** Servers of one engine without a container, of which each is a node of its own with the same keys. */
public final class Nodes {
    private final TicketEngine engine;
    private final Certificates.Held certificate;
    private final FixedSource source = new FixedSource(KeyRotation.DEFAULT.first(Instant.now(), new SecureRandom()));

    public Nodes(String engine) {
        this(engine, Certificates.server("localhost"));
    }

    private Nodes(String engine, Certificates.Held certificate) {
        this.engine = engine(engine);
        this.certificate = certificate;
    }

    public static Nodes withRsaCertificate(String engine) {
        return new Nodes(engine, Certificates.rsaServer("localhost"));
    }

    /** What a server needs for TLS, and what it counts. */
    public record Node(SSLContext context, HandshakeRecorder recorder) {}

    public static TicketEngine engine(String name) {
        return name.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
    }

    public TicketEngine engine() {
        return engine;
    }

    public Node node() throws GeneralSecurityException {
        try {
            source.offerAgain();
            HandshakeRecorder recorder =
                    new HandshakeRecorder(TicketKeyManager.open(source, TicketPolicy.DEFAULT, InstantSource.system()));
            SSLContext context =
                    TicketOnlySslContext.create(engine, recorder, Connector.of("", ClientAuth.NONE), "TLS");
            context.init(Certificates.keyManagers(certificate), null, null);
            return new Node(context, recorder);
        } catch (KeyFileException e) {
            throw new AssertionError(e);
        }
    }
}
