package dev.gangway.jetty;

import java.util.Locale;
import java.util.StringJoiner;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The settings of a factory that decide, beside its trust store, whom it trusts: as text that is the same on all nodes with the same
 * settings. Where a file is, and what is in it at the moment, is no part of it: nodes may differ in that for a while.
 */
final class TrustSettings {
    private static final String DEFAULT_ALGORITHM = "PKIX";

    private TrustSettings() {}

    /** Empty if nothing but the trust store decides. */
    static String of(SslContextFactory.Server factory) {
        StringJoiner settings = new StringJoiner(",");
        if (!factory.getTrustManagerFactoryAlgorithm().equalsIgnoreCase(DEFAULT_ALGORITHM)) {
            settings.add(
                    "algorithm=" + factory.getTrustManagerFactoryAlgorithm().toLowerCase(Locale.ROOT));
        }
        if (factory.isTrustAll()) {
            settings.add("all");
        }
        // Jetty looks at the rest only then.
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
