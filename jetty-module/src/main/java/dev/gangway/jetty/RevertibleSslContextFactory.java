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
 * A TLS configuration whose reload changes everything or nothing. Jetty's own reload first changes the settings, then
 * unloads, then loads: after a failure it has new settings and no context, and closes every new connection.
 *
 * <p>This class handles a failure with a second load, with the previous settings, stores and context. It reads no file
 * and runs no other code, so it cannot fail for the same reason as the first load. No engines are created meanwhile, so
 * that none gets the previous context with new settings, or the reverse.
 */
abstract class RevertibleSslContextFactory extends SslContextFactory.Server {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    private final ReadWriteLock engines = new ReentrantReadWriteLock();

    // As configured: Jetty's getters return what it has loaded, or nothing.
    private KeyStore givenKeyStore;
    private KeyStore givenTrustStore;
    private SSLContext givenContext;
    private String trustStorePassword;

    // Not null during the second load.
    private TicketOnlySslContext revertingTo;

    /**
     * Creates a context, which must then be initialised.
     *
     * @param engineSetup sets up an engine as this factory does
     */
    abstract TicketOnlySslContext newContext(Consumer<SSLEngine> engineSetup) throws NoSuchAlgorithmException;

    /** Settings that have no getter. */
    private record Given(KeyStore keyStore, KeyStore trustStore, SSLContext context, String trustStorePassword) {}

    /**
     * Loads the key store and the trust store again and makes a new context of them. If that fails for any reason, the
     * settings, the stores and the context stay unchanged, and the exception is thrown.
     *
     * @param change may change settings of this factory
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
                        "TLS reload failed; the last good configuration stays in use: {0}",
                        e.toString());
            } catch (Exception unable) {
                LOG.log(
                        Level.ERROR,
                        "TLS reload failed, and the previous configuration could not be restored: the server accepts no"
                                + " TLS connections; correct the configuration, and restart the server",
                        unable);
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
            // Jetty loads no file if it has a store.
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

    // Jetty selects protocols and cipher suites after it has created the context, which is too late for the self-test.
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

    // The previous context was already initialised with these.

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

    /** Whether it was given a context. */
    boolean hasContextOfItsOwn() {
        return givenContext != null;
    }
}
