package dev.gangway.benchmarks;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.ContextObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.source.KeysSetting;
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
    // The manager has only a weak reference to it.
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
    static BenchServer start(String engineName) throws IOException, GeneralSecurityException, KeySourceException {
        return start(engineName, Connector.of("", ClientAuth.NONE));
    }

    /** A server that trusts its own certificate, with which a client can authenticate by {@link #keyManagers}. */
    static BenchServer start(String engineName, Connector connector)
            throws IOException, GeneralSecurityException, KeySourceException {
        TicketEngine engine = engineName.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
        TicketPolicy policy = TicketPolicy.DEFAULT;
        TicketKeyManager manager =
                TicketKeyManager.open(KeysSetting.parse("random:", policy), policy, InstantSource.system());
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

    /** An engine that has been used, and has found the internals of SunJSSE that it needs. */
    static TicketEngine startedJdkEngine() {
        try (BenchServer server = start("jdk")) {
            return server.engine;
        } catch (IOException | GeneralSecurityException | KeySourceException e) {
            throw new IllegalStateException("SunJSSE cannot be used", e);
        }
    }

    KeyManager[] keyManagers() {
        return keyManagers.clone();
    }

    /** An observed server engine for one connection. */
    ObservedSslEngine observedEngine() {
        ObservedSslEngine observed = (ObservedSslEngine) context.createSSLEngine();
        observed.setUseClientMode(false);
        return observed;
    }

    /** An observer for engines that another context with the same settings makes. */
    ContextObserver observer() throws GeneralSecurityException {
        SSLContext other = engine.newContext("TLS");
        other.init(keyManagers, null, null);
        Scope scope = Scope.of("", ClientAuth.NONE, List.of());
        installation = engine.install(
                new TlsServer(other, () -> ownEngine(other), ClientAuthentication.NONE, List.of()),
                scope,
                manager.policy(),
                manager.clock());
        manager.register(installation);
        return recorder.observe(engine, scope, installation, ClientAuth.NONE);
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
