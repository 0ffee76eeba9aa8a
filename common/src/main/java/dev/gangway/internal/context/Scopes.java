package dev.gangway.internal.context;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.Scope;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Derives the scope of a connector from its trust configuration. */
final class Scopes {
    // These trust managers depend on the anchors and the connector's settings only.
    private static final List<String> STANDARD = List.of("sun.security.ssl.", "org.conscrypt.");

    private Scopes() {}

    static Scope of(Connector connector, TrustManager[] trustManagers) {
        return connector.clientAuth() == ClientAuth.NONE
                ? Scope.of(connector.scopeName(), ClientAuth.NONE, List.of())
                : Scope.of(
                        connector.scopeName(),
                        settings(connector) + policies(trustManagers),
                        connector.clientAuth(),
                        anchors(trustManagers));
    }

    private static String settings(Connector connector) {
        return connector.trustSettings().isEmpty() ? "" : ";trust=" + connector.trustSettings();
    }

    private static List<X509Certificate> anchors(TrustManager[] trustManagers) {
        return Arrays.stream(trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    // An operator's own trust manager may have any policy; only its class can be part of the scope.
    private static String policies(TrustManager[] trustManagers) {
        String own = Arrays.stream(trustManagers)
                .map(manager -> nameOf(manager.getClass()))
                .filter(name -> STANDARD.stream().noneMatch(name::startsWith))
                .sorted()
                .collect(Collectors.joining(","));
        return own.isEmpty() ? "" : ";trust-managers=" + own;
    }

    // The names of lambdas and other hidden classes differ between nodes.
    private static String nameOf(Class<?> type) {
        String name = type.getName();
        int hidden = name.indexOf("$$");
        return hidden < 0 ? name : name.substring(0, hidden);
    }

    /**
     * The trust managers that an {@code SSLContext} uses when it is initialised with these.
     *
     * @param trustManagers null for the platform's own
     * @throws InstallationException if the platform's own cannot be created
     */
    static TrustManager[] inUse(TrustManager[] trustManagers) throws InstallationException {
        if (trustManagers != null) {
            return trustManagers;
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new InstallationException("the platform's trust anchors cannot be read: " + e, e);
        }
    }
}
