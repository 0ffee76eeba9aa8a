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
            TrustManager[] trusting = trustManagers == null ? platformDefault() : trustManagers;
            return Scope.of(connector.scopeName(), distinction(trusting), connector.clientAuth(), anchors(trusting));
        }
        return connector.mayAskLater() && trustManagers != null
                ? Scope.askingLater(connector.scopeName(), distinction(trustManagers), anchors(trustManagers))
                : Scope.of(connector.scopeName(), ClientAuth.NONE, List.of());
    }

    private static List<X509Certificate> anchors(TrustManager[] trustManagers) {
        return Arrays.stream(trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    // Their classes are all there is to tell apart trust managers of an operator's own that name no issuers.
    private static String distinction(TrustManager[] trustManagers) {
        if (!anchors(trustManagers).isEmpty()) {
            return "";
        }
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
