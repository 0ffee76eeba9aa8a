package dev.gangway.examples.bench;

import dev.gangway.context.Connector;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.engine.ClientAuthentication;
import dev.gangway.engine.Installation;
import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.TlsServer;
import dev.gangway.engine.WatchedSslEngine;
import dev.gangway.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.Scope;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.ContextWatch;
import dev.gangway.outcome.HandshakeRecorder;
import dev.gangway.source.KeySources;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** A TLS server in memory, as Gangway gives it to a container. */
final class BenchServer implements AutoCloseable {
    private final TicketEngine engine;
    private final TicketKeyManager manager;
    private final HandshakeRecorder recorder;
    private final KeyManager[] keyManagers;
    private final SSLContext context;
    // Held here because the manager holds it weakly.
    private Installation installation;

    private BenchServer(
            TicketEngine engine,
            TicketKeyManager manager,
            KeyManager[] keyManagers,
            Connector connector,
            KeyStore trusted)
            throws GeneralSecurityException {
        this.engine = engine;
        this.manager = manager;
        this.recorder = new HandshakeRecorder(manager);
        this.keyManagers = keyManagers;
        this.context = TicketOnlySslContext.create(engine, recorder, connector, "TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(keyManagers, trust.getTrustManagers(), null);
    }

    /** @param engineName {@code jdk} or {@code conscrypt} */
    static BenchServer start(String engineName) throws IOException, GeneralSecurityException, KeyFileException {
        return start(engineName, Connector.of("", ClientAuth.NONE));
    }

    /** One that trusts the very certificate it has itself, which {@link #keyManagers} lends to a client. */
    static BenchServer start(String engineName, Connector connector)
            throws IOException, GeneralSecurityException, KeyFileException {
        TicketEngine engine = engineName.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
        TicketPolicy policy = TicketPolicy.DEFAULT;
        TicketKeyManager manager =
                TicketKeyManager.open(KeySources.parse("random:", policy), policy, InstantSource.system());
        try (TemporaryDirectory directory = TemporaryDirectory.make("gangway-bench")) {
            ServerKeyStore store = StateDirectory.at(directory.path()).certificate();
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore loaded = store.load();
            factory.init(loaded, store.password().toCharArray());
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "itself", loaded.getCertificate(loaded.aliases().nextElement()));
            return new BenchServer(engine, manager, factory.getKeyManagers(), connector, trusted);
        }
    }

    /** An engine that has been used, and so knows its way about SunJSSE. */
    static TicketEngine startedJdkEngine() {
        try (BenchServer server = start("jdk")) {
            return server.engine;
        } catch (IOException | GeneralSecurityException | KeyFileException e) {
            throw new IllegalStateException("SunJSSE cannot be used", e);
        }
    }

    KeyManager[] keyManagers() {
        return keyManagers.clone();
    }

    /** A server engine that is watched, for one connection. */
    WatchedSslEngine watchedEngine() {
        WatchedSslEngine watched = (WatchedSslEngine) context.createSSLEngine();
        watched.setUseClientMode(false);
        return watched;
    }

    /** What watches the engines of a context like this one, for engines that are not made by it. */
    ContextWatch watch() throws GeneralSecurityException {
        SSLContext other = engine.newContext("TLS");
        other.init(keyManagers, null, null);
        Scope scope = Scope.of("", ClientAuth.NONE, List.of());
        installation = engine.install(
                new TlsServer(other, () -> ownEngine(other), ClientAuthentication.NONE, List.of()),
                scope,
                manager.policy(),
                manager.clock());
        manager.register(installation);
        return recorder.watch(engine, scope, installation, ClientAuth.NONE);
    }

    private SSLEngine ownEngine(SSLContext own) {
        SSLEngine server = own.createSSLEngine();
        server.setUseClientMode(false);
        engine.prepare(server);
        return server;
    }

    @Override
    public void close() {
        manager.close();
    }
}
