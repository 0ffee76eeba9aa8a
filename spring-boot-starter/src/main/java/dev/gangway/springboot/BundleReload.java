package dev.gangway.springboot;

import dev.gangway.jetty.GangwaySslContextFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;

/** Reloads the certificates of a Jetty when its SSL bundle changes. Spring Boot itself does this on Tomcat only. */
final class BundleReload {
    private static final Logger LOG = System.getLogger("dev.gangway.springboot");

    private final SslBundles bundles;
    private final String name;

    private BundleReload(SslBundles bundles, String name) {
        this.bundles = bundles;
        this.name = name;
    }

    /** Empty if the server's certificates do not come from a bundle. */
    static Optional<BundleReload> of(AbstractConfigurableWebServerFactory factory) {
        SslBundles bundles = factory.getSslBundles();
        return Optional.ofNullable(factory.getSsl())
                .map(Ssl::getBundle)
                .filter(name -> bundles != null && !name.isBlank())
                .map(name -> new BundleReload(bundles, name));
    }

    void reach(GangwaySslContextFactory tls) {
        bundles.addBundleUpdateHandler(name, bundle -> reload(tls, bundle));
    }

    // After an exception the other users of the bundle would not get the new one.
    private void reload(GangwaySslContextFactory tls, SslBundle bundle) {
        Consumer<SslContextFactory> change = factory -> use(bundle, factory);
        try {
            if (tls.isStarted()) {
                tls.reload(change);
            } else {
                change.accept(tls);
            }
        } catch (Exception e) {
            LOG.log(
                    Level.ERROR,
                    "SSL bundle ''{0}'' cannot be used; the last good certificates stay in use: {1}",
                    name,
                    e);
        }
    }

    private static void use(SslBundle bundle, SslContextFactory factory) {
        SslStoreBundle stores = bundle.getStores();
        SslBundleKey key = bundle.getKey();
        if (stores.getKeyStorePassword() != null) {
            factory.setKeyStorePassword(stores.getKeyStorePassword());
        }
        if (key.getPassword() != null) {
            factory.setKeyManagerPassword(key.getPassword());
        }
        factory.setCertAlias(key.getAlias());
        factory.setKeyStore(stores.getKeyStore());
        factory.setTrustStore(stores.getTrustStore());
        key.assertContainsAlias(stores.getKeyStore());
    }
}
