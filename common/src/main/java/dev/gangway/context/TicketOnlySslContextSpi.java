package dev.gangway.context;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.engine.TicketEngine;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.Scope;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.proof.ResumptionProof;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** The cover around an engine's own context; see {@link TicketOnlySslContext}. */
final class TicketOnlySslContextSpi extends SSLContextSpi {
    // Zero would mean "unlimited". One session at most may stay behind, from a client that takes no tickets.
    private static final int SMALLEST_CACHE = 1;

    private final TicketEngine engine;
    private final TicketKeyManager manager;
    private final Connector connector;
    private final String protocol;
    private final SSLContext delegate;

    private boolean ignoreNextInit;
    // Held here because the manager holds it only weakly, and not every engine's context does.
    private Installation installation;

    TicketOnlySslContextSpi(
            TicketEngine engine, TicketKeyManager manager, Connector connector, String protocol, SSLContext delegate) {
        this.engine = engine;
        this.manager = manager;
        this.connector = connector;
        this.protocol = protocol;
        this.delegate = delegate;
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
        Scope scope = Scopes.of(connector, trustManagers);
        try {
            SSLContext twin = engine.newContext(protocol);
            Installation own = prepare(delegate, keyManagers, trustManagers, random, scope);
            Installation twins = prepare(twin, keyManagers, trustManagers, random, scope);
            try {
                prove(own, twin, ServerNames.of(keyManagers));
            } catch (InstallationException e) {
                manager.unregister(own);
                throw e;
            } finally {
                manager.unregister(twins);
            }
            installation = own;
        } catch (KeyManagementException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new InstallationException("a second " + protocol + " context cannot be made: " + e, e);
        }
    }

    private Installation prepare(
            SSLContext context,
            KeyManager[] keyManagers,
            TrustManager[] trustManagers,
            SecureRandom random,
            Scope scope)
            throws KeyManagementException {
        context.init(keyManagers, trustManagers, random);
        SSLSessionContext sessions = context.getServerSessionContext();
        sessions.setSessionCacheSize(SMALLEST_CACHE);
        sessions.setSessionTimeout(manager.policy().ticketLifetimeSeconds());
        Installation prepared = engine.install(context, scope, manager.policy(), manager.clock());
        manager.register(prepared);
        return prepared;
    }

    private void prove(Installation own, SSLContext twin, List<String> serverNames) throws InstallationException {
        KeyRing before = manager.ring();
        ResumptionProof proof;
        try {
            proof = new ResumptionProof(
                    () -> serverEngine(delegate), () -> serverEngine(twin), own, engine.newContext("TLS"), serverNames);
        } catch (GeneralSecurityException e) {
            throw new InstallationException("the client that should prove the ticket keys cannot be made: " + e, e);
        }
        try {
            proof.run();
        } catch (InstallationException e) {
            // Keys that were taken away in the middle of a proof say nothing about the installation.
            if (manager.ring() == before) {
                throw e;
            }
            proof.run();
        }
    }

    private SSLEngine serverEngine(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        connector.engineSetup().accept(server);
        // Setting either to false clears the other: the proof's client has no certificate to show.
        server.setNeedClientAuth(false);
        server.setWantClientAuth(false);
        return server;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return delegate.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return delegate.createSSLEngine(host, port);
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
        return new FixedSessionContext(delegate.getServerSessionContext());
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
