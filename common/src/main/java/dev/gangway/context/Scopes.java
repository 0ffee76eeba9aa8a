package dev.gangway.context;

import dev.gangway.engine.InstallationException;
import dev.gangway.keys.Scope;
import dev.gangway.keys.Scope.ClientAuth;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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
        TrustManager[] trusting = trustManagers == null ? platformDefault() : trustManagers;
        List<X509Certificate> anchors = Arrays.stream(trusting)
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
        return Scope.of(
                anchors.isEmpty() ? connector.scopeName() + classNames(trusting) : connector.scopeName(),
                clientAuth,
                anchors);
    }

    // All there is to tell apart trust managers of an operator's own that name no issuers.
    private static String classNames(TrustManager[] trustManagers) {
        return Arrays.stream(trustManagers)
                .map(manager -> manager.getClass().getName())
                .sorted()
                .collect(Collectors.joining(",", ";trust-managers=", ""));
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
