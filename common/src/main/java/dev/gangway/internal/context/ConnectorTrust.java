package dev.gangway.internal.context;

import dev.gangway.ResumptionTrustManager;
import dev.gangway.internal.engine.ClientAuthentication.ChainTrust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Checks the certificates in a ticket with the connector's own trust manager, as a full handshake checks the client's.
 */
final class ConnectorTrust implements ChainTrust {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final X509TrustManager manager;

    private ConnectorTrust(X509TrustManager manager) {
        this.manager = manager;
    }

    /** Uses the first X.509 trust manager, as an {@code SSLContext} does. */
    static Optional<ChainTrust> of(TrustManager[] trustManagers) {
        return Arrays.stream(trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .findFirst()
                .map(manager -> new ConnectorTrust((X509TrustManager) manager));
    }

    @Override
    public boolean accepts(List<X509Certificate> chain, SSLEngine engine) {
        X509Certificate[] certificates = chain.toArray(X509Certificate[]::new);
        try {
            if (manager instanceof ResumptionTrustManager resumption) {
                resumption.checkClientResumption(certificates, engine);
            } else {
                manager.checkClientTrusted(
                        certificates, certificates[0].getPublicKey().getAlgorithm());
            }
            return true;
        } catch (CertificateException e) {
            LOG.log(Level.DEBUG, "A session is not resumed: its client certificate is not accepted now", e);
            return false;
        } catch (RuntimeException e) {
            // After an unexpected failure a full handshake decides.
            LOG.log(Level.DEBUG, "A session is not resumed: the trust manager failed", e);
            return false;
        }
    }
}
