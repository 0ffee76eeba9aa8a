package dev.gangway.testing;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Servers of one engine without a container; each is a separate node with the same keys. */
public final class Nodes {
    private final TicketEngine engine;
    private final Certificates.Held certificate;
    // A manager has only weak references to them.
    private final List<Installation> bareInstallations = new ArrayList<>();
    private final FixedSource source =
            new FixedSource(KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));

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

    /** The TLS context of a server, and its counts. */
    public record Node(SSLContext context, HandshakeRecorder recorder) {}

    /** Skips a test of an engine for which this JVM lacks a flag: versions of Conscrypt are tested without any flag. */
    public static void assumeUsable(String engine) {
        Prerequisite.skipUnless(
                engine.equals("conscrypt")
                        || Object.class.getModule().isOpen("sun.security.ssl", Nodes.class.getModule()),
                "engine jdk needs a JVM flag, and this JVM was started without it");
    }

    public static TicketEngine engine(String name) {
        return name.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
    }

    public TicketEngine engine() {
        return engine;
    }

    public Node node() throws GeneralSecurityException {
        try {
            HandshakeRecorder recorder = new HandshakeRecorder(open());
            SSLContext context =
                    TicketOnlySslContext.create(engine, recorder, Connector.of("", ClientAuth.NONE), "TLS");
            context.init(Certificates.keyManagers(certificate), null, null);
            return new Node(context, recorder);
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    /** A context without Gangway's wrappers, with the same keys. */
    public SSLContext bareContext() throws GeneralSecurityException {
        try {
            SSLContext context = engine.newContext("TLS");
            context.init(Certificates.keyManagers(certificate), null, null);
            TicketKeyManager manager = open();
            Installation installation = engine.install(
                    new TlsServer(context, () -> bareEngine(context), ClientAuthentication.NONE, List.of()),
                    Scope.of("", ClientAuth.NONE, List.of()),
                    manager.policy(),
                    manager.clock());
            manager.register(installation);
            bareInstallations.add(installation);
            return context;
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    /** An engine of {@link #bareContext}. */
    public SSLEngine bareEngine(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        engine.prepare(server);
        return server;
    }

    private TicketKeyManager open() throws KeySourceException {
        source.forgetLast();
        return TicketKeyManager.open(source, TicketPolicy.DEFAULT, InstantSource.system());
    }
}
