package dev.gangway.internal.context;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ClientAuthentication.ChainTrust;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.ContextObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.proof.ResumptionProof;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** The implementation of {@link TicketOnlySslContext}: a wrapper of an engine's own context. */
final class TicketOnlySslContextSpi extends SSLContextSpi {
    // Zero would mean "unlimited". At most one session can stay in the cache, from a client that does not support
    // tickets.
    private static final int SMALLEST_CACHE = 1;

    private final TicketEngine engine;
    private final HandshakeRecorder recorder;
    private final TicketKeyManager manager;
    private final Connector connector;
    private final String protocol;
    private final SSLContext delegate;

    private boolean ignoreNextInit;
    // A strong reference, because the manager's is weak and not every engine's context has one.
    private Installation installation;
    private ContextObserver observer;
    private volatile List<ProvenHandshake> proven = List.of();

    TicketOnlySslContextSpi(
            TicketEngine engine,
            HandshakeRecorder recorder,
            Connector connector,
            String protocol,
            SSLContext delegate) {
        this.engine = engine;
        this.recorder = recorder;
        this.manager = recorder.manager();
        this.connector = connector;
        this.protocol = protocol;
        this.delegate = delegate;
    }

    List<ProvenHandshake> proven() {
        return proven;
    }

    TicketEngine engine() {
        return engine;
    }

    void ignoreNextInit() {
        ignoreNextInit = true;
    }

    @Override
    protected void engineInit(KeyManager[] keyManagers, TrustManager[] trustManagers, SecureRandom random)
            throws KeyManagementException {
        if (ignoreNextInit) {
            ignoreNextInit = false;
            return;
        }
        requireScopedKeys();
        try {
            ClientAuthentication clients = clientAuthentication(trustManagers);
            Scope scope = clients.isAsked()
                    ? Scopes.of(connector, Scopes.inUse(trustManagers))
                    : Scopes.of(connector, new TrustManager[0]);
            SSLContext other = engine.newContext(protocol);
            TrustManager[] trusting =
                    clients.isAsked() && trustManagers != null ? engine.trustManagers(trustManagers) : trustManagers;
            KeyManager[] presenting = keyManagers == null ? null : engine.keyManagers(keyManagers);
            delegate.init(presenting, trusting, random);
            other.init(presenting, trusting, random);
            List<String> serverNames = ServerNames.of(keyManagers);
            TlsServer origin = new TlsServer(delegate, () -> serverEngine(delegate), clients, serverNames);
            TlsServer secondNode = new TlsServer(other, () -> serverEngine(other), clients, serverNames);
            installation = installAndProve(origin, secondNode, scope);
            observer = recorder.observe(engine, scope, installation, connector.clientAuth());
        } catch (KeyManagementException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new InstallationException("a second " + protocol + " context cannot be made: " + e, e);
        }
    }

    private ClientAuthentication clientAuthentication(TrustManager[] trustManagers) throws InstallationException {
        if (connector.clientAuth() == ClientAuth.NONE) {
            return ClientAuthentication.NONE;
        }
        Optional<ChainTrust> trust =
                connector.checksResumptions() ? ConnectorTrust.of(Scopes.inUse(trustManagers)) : Optional.empty();
        return new ClientAuthentication(connector.clientAuth(), trust);
    }

    // Verbatim use is a setting of the source, so this also holds for later keys.
    private void requireScopedKeys() throws InstallationException {
        if (connector.clientAuth() != ClientAuth.NONE
                && !engine.separatesClientAuthWithoutScopes()
                && manager.ring().accepted().stream().anyMatch(TicketKey::isVerbatim)) {
            throw new InstallationException("a connector that asks for client certificates cannot use verbatim keys:"
                    + " it would open a ticket of a connector that asks for none; remove 'verbatim' from keys");
        }
    }

    private Installation installAndProve(TlsServer origin, TlsServer secondNode, Scope scope)
            throws InstallationException {
        Installation own = install(origin, scope);
        Installation secondInstallation = null;
        boolean isProven = false;
        try {
            secondInstallation = install(secondNode, scope);
            proven = prove(new ResumptionProof(
                    engine, forProof(origin, own, scope), forProof(secondNode, secondInstallation, scope), own));
            isProven = true;
            return own;
        } finally {
            if (!isProven) {
                discard(own);
            }
            if (secondInstallation != null) {
                discard(secondInstallation);
            }
        }
    }

    // As the container sets them up, but without client authentication, because the client of the self-test has no
    // certificate.
    private TlsServer forProof(TlsServer server, Installation installed, Scope scope) {
        ContextObserver uncounted = new HandshakeRecorder(manager).observe(engine, scope, installed, ClientAuth.NONE);
        return server.withEngines(
                () -> uncounted.observe(engine.forContainer(server.engines().get())));
    }

    /** Removes the keys from an installation that will not be used, without waiting for the garbage collector. */
    private void discard(Installation useless) throws InstallationException {
        manager.unregister(useless);
        useless.apply(KeyRing.EMPTY);
    }

    private Installation install(TlsServer server, Scope scope) throws InstallationException {
        SSLSessionContext sessions = server.context().getServerSessionContext();
        sessions.setSessionCacheSize(SMALLEST_CACHE);
        sessions.setSessionTimeout(manager.policy().ticketLifetimeSeconds());
        Installation installed = engine.install(server, scope, manager.policy(), manager.clock());
        manager.register(installed);
        return installed;
    }

    private List<ProvenHandshake> prove(ResumptionProof proof) throws InstallationException {
        KeyRing before = manager.ring();
        try {
            return proof.run();
        } catch (InstallationException e) {
            // If keys were removed during the self-test, its result says nothing about the installation.
            if (manager.ring() == before) {
                throw withSuspect(e);
            }
            return proof.run();
        }
    }

    private InstallationException withSuspect(InstallationException e) {
        return engine.suspect()
                .map(suspect -> new InstallationException(e.getMessage() + ". " + suspect, e))
                .orElse(e);
    }

    private SSLEngine serverEngine(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        engine.prepare(server);
        server.setUseClientMode(false);
        connector.engineSetup().accept(server);
        // Setting either to false clears the other: the client of the self-test has no certificate.
        server.setNeedClientAuth(false);
        server.setWantClientAuth(false);
        return server;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return observed(delegate.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return observed(delegate.createSSLEngine(host, port));
    }

    private SSLEngine observed(SSLEngine sslEngine) {
        engine.prepare(sslEngine);
        // Before init the engine itself has already thrown an exception.
        return observer.observe(engine.forContainer(sslEngine));
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return delegate.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return delegate.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return new TicketOnlySessionContext(delegate.getServerSessionContext());
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return delegate.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return delegate.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return delegate.getSupportedSSLParameters();
    }

    @Override
    public String toString() {
        return "TicketOnlySslContext[" + engine.name() + ", " + installation + "]";
    }
}
