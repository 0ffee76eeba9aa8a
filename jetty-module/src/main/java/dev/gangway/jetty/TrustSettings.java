package dev.gangway.jetty;

import java.util.Locale;
import java.util.StringJoiner;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The settings, besides the trust store, that decide which clients a factory trusts, as text that is equal on all nodes
 * with the same settings. File paths and contents are not part of it, because they may differ between nodes for a
 * while.
 */
final class TrustSettings {
    private static final String DEFAULT_ALGORITHM = "PKIX";

    private TrustSettings() {}

    /** Empty if only the trust store decides. */
    static String of(SslContextFactory.Server factory) {
        StringJoiner settings = new StringJoiner(",");
        if (!factory.getTrustManagerFactoryAlgorithm().equalsIgnoreCase(DEFAULT_ALGORITHM)) {
            settings.add(
                    "algorithm=" + factory.getTrustManagerFactoryAlgorithm().toLowerCase(Locale.ROOT));
        }
        if (factory.isTrustAll()) {
            settings.add("all");
        }
        // Jetty uses the other settings only in this case.
        if (factory.isValidatePeerCerts()) {
            settings.add("depth=" + factory.getMaxCertPathLength());
            if (factory.getCrlPath() != null) {
                settings.add("crl");
            }
            if (factory.isEnableCRLDP()) {
                settings.add("crldp");
            }
            if (factory.isEnableOCSP()) {
                settings.add("ocsp");
            }
            if (factory.getOcspResponderURL() != null) {
                settings.add("ocsp-responder");
            }
        }
        return settings.toString();
    }
}
