package dev.gangway.jetty;

import dev.gangway.internal.context.TicketOnlySslContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRL;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A TLS configuration whose reload changes everything or nothing. Jetty's own sets first, then unloads, then loads: after a
 * failure it has new settings and no context, and closes every new connection.
 *
 * <p>Here a failure is followed by a second load, with the settings of before, of nothing but what is there: the stores and
 * the context of before. It reads no file and asks nobody, so it cannot fail for the reason for which the first one did.
 * Engines are not made meanwhile, so that none has the context of before and settings of after, or the other way round.
 */
abstract class RevertibleSslContextFactory extends SslContextFactory.Server {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    private final ReadWriteLock engines = new ReentrantReadWriteLock();

    // As they were set: Jetty tells what it has loaded, or nothing.
    private KeyStore givenKeyStore;
    private KeyStore givenTrustStore;
    private SSLContext givenContext;
    private String trustStorePassword;

    // Not null while the second load goes on.
    private TicketOnlySslContext revertingTo;

    /**
     * A context that is yet to be initialised.
     *
     * @param engineSetup sets an engine up as this factory does
     */
    abstract TicketOnlySslContext newContext(Consumer<SSLEngine> engineSetup) throws NoSuchAlgorithmException;

    /** What a factory is set to beside what getters tell. */
    private record Given(KeyStore keyStore, KeyStore trustStore, SSLContext context, String trustStorePassword) {}

    /**
     * Loads key store and trust store again and makes a new context of them. If that fails for any reason, nothing changes: the
     * settings, the stores and the context are those of before, and the reason is thrown.
     *
     * @param change may set this factory to something else
     */
    @Override
    public void reload(Consumer<SslContextFactory> change) throws Exception {
        engines.writeLock().lock();
        try {
            if (!isStarted()) {
                throw new IllegalStateException("there is nothing to reload: " + this + " is not started");
            }
            reloadOrRevert(change);
        } finally {
            engines.writeLock().unlock();
        }
    }

    private void reloadOrRevert(Consumer<SslContextFactory> change) throws Exception {
        FactorySettings settings = FactorySettings.ofStarted(this);
        Given given = new Given(givenKeyStore, givenTrustStore, givenContext, trustStorePassword);
        KeyStore keyStore = super.getKeyStore();
        KeyStore trustStore = super.getTrustStore();
        TicketOnlySslContext context = (TicketOnlySslContext) super.getSslContext();
        try {
            super.reload(change);
        } catch (Throwable e) {
            try {
                settings.giveTo(this);
                revertTo(given, keyStore, trustStore, context);
                LOG.log(
                        Level.WARNING,
                        "TLS reload failed, the last good configuration keeps serving: {0}",
                        e.toString());
            } catch (Exception unable) {
                LOG.log(Level.ERROR, "TLS reload failed, and so did going back: no connection is accepted", unable);
                e.addSuppressed(unable);
            }
            throw e;
        }
    }

    private void revertTo(Given given, KeyStore keyStore, KeyStore trustStore, TicketOnlySslContext context)
            throws Exception {
        if (trustStorePassword != null || given.trustStorePassword != null) {
            setTrustStorePassword(given.trustStorePassword);
        }
        setSslContext(given.context);
        revertingTo = context;
        try {
            // Jetty loads no file if it is given a store.
            setKeyStore(keyStore);
            setTrustStore(trustStore);
            context.ignoreNextInit();
            super.reload(factory -> {});
        } finally {
            revertingTo = null;
            setKeyStore(given.keyStore);
            setTrustStore(given.trustStore);
        }
    }

    @Override
    protected SSLContext getSSLContextInstance() throws NoSuchAlgorithmException {
        if (revertingTo != null) {
            return revertingTo;
        }
        ProofSetup setup = new ProofSetup();
        setup.context = newContext(setup);
        return setup.context;
    }

    // Jetty chooses protocols and cipher suites when the context is made, which is too late for what proves them.
    private final class ProofSetup implements Consumer<SSLEngine> {
        private TicketOnlySslContext context;
        private boolean hasChosen;

        @Override
        public void accept(SSLEngine server) {
            if (!hasChosen) {
                hasChosen = true;
                SSLParameters enabled = context.getDefaultSSLParameters();
                SSLParameters supported = context.getSupportedSSLParameters();
                selectCipherSuites(enabled.getCipherSuites(), supported.getCipherSuites());
                selectProtocols(enabled.getProtocols(), supported.getProtocols());
            }
            customize(server);
        }
    }

    // What the second load would do with these, the context of before has behind it.

    @Override
    protected Collection<? extends CRL> loadCRL(String crlPath) throws Exception {
        return revertingTo == null ? super.loadCRL(crlPath) : List.of();
    }

    @Override
    public boolean isValidateCerts() {
        return revertingTo == null && super.isValidateCerts();
    }

    @Override
    protected KeyManager[] getKeyManagers(KeyStore keyStore) throws Exception {
        return revertingTo == null ? super.getKeyManagers(keyStore) : new KeyManager[0];
    }

    @Override
    protected TrustManager[] getTrustManagers(KeyStore trustStore, Collection<? extends CRL> crls) throws Exception {
        return revertingTo == null ? super.getTrustManagers(trustStore, crls) : new TrustManager[0];
    }

    @Override
    public SSLEngine newSSLEngine() {
        return outsideOfReload(super::newSSLEngine);
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return outsideOfReload(() -> super.newSSLEngine(host, port));
    }

    @Override
    public SSLContext getSslContext() {
        return outsideOfReload(super::getSslContext);
    }

    @Override
    public KeyStore getKeyStore() {
        return outsideOfReload(super::getKeyStore);
    }

    @Override
    public KeyStore getTrustStore() {
        return outsideOfReload(super::getTrustStore);
    }

    private <T> T outsideOfReload(Supplier<T> read) {
        engines.readLock().lock();
        try {
            return read.get();
        } finally {
            engines.readLock().unlock();
        }
    }

    @Override
    public void setKeyStore(KeyStore keyStore) {
        givenKeyStore = keyStore;
        super.setKeyStore(keyStore);
    }

    @Override
    public void setTrustStore(KeyStore trustStore) {
        givenTrustStore = trustStore;
        super.setTrustStore(trustStore);
    }

    @Override
    public void setSslContext(SSLContext context) {
        givenContext = context;
        super.setSslContext(context);
    }

    @Override
    public void setTrustStorePassword(String password) {
        trustStorePassword = password;
        super.setTrustStorePassword(password);
    }

    /** Whether it was given a context, instead of what to make one of. */
    boolean hasContextOfItsOwn() {
        return givenContext != null;
    }
}
