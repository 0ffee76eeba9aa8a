package dev.gangway.context;

import dev.gangway.engine.InstallationException;
import dev.gangway.keys.Scope;
import dev.gangway.keys.Scope.ClientAuth;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Finds the scope of a connector from whom it trusts. */
final class Scopes {
    private Scopes() {}

    static Scope of(Connector connector, TrustManager[] trustManagers) throws InstallationException {
        if (connector.clientAuth() != ClientAuth.NONE) {
            return asking(connector, connector.clientAuth(), trustManagers);
        }
        if (connector.mayAskLater() && trustManagers != null) {
            // A session that was renegotiated carries the client's certificate, and so does its ticket. Whom the
            // connector trusts becomes part of the scope's name.
            Scope later = asking(connector, ClientAuth.OPTIONAL, trustManagers);
            return Scope.of(later.toString(), ClientAuth.NONE, List.of());
        }
        return Scope.of(connector.scopeName(), ClientAuth.NONE, List.of());
    }

    private static Scope asking(Connector connector, ClientAuth clientAuth, TrustManager[] trustManagers)
            throws InstallationException {
        List<X509Certificate> anchors = Arrays.stream(trustManagers == null ? platformDefault() : trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
        return Scope.of(connector.scopeName(), clientAuth, anchors);
    }

    // What an SSLContext uses when it is initialised with null.
    private static TrustManager[] platformDefault() throws InstallationException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new InstallationException("the platform's trust anchors cannot be read: " + e, e);
        }
    }
}
