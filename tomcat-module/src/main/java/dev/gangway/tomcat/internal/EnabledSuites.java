package dev.gangway.tomcat.internal;

import dev.gangway.internal.keys.NearestName;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

/**
 * The protocols and cipher suites that a TLS host enables; without any, the self-test and the server could not work.
 */
public final class EnabledSuites {
    private static final String TLS12 = "TLSv1.2";
    private static final List<String> WITH_TICKETS = List.of("TLSv1.3", TLS12);

    private EnabledSuites() {}

    /**
     * @throws IllegalStateException if none of the host's protocols has tickets, naming them and a similar valid one
     */
    public static void requireProtocols(SSLHostConfig host) {
        if (WITH_TICKETS.stream().noneMatch(host.getProtocols()::contains)) {
            throw new IllegalStateException("TLS host " + host.getHostName() + " has protocols " + host.getProtocols()
                    + ", none of which has session tickets; enable TLSv1.3 or TLSv1.2"
                    + host.getProtocols().stream()
                            .map(protocol -> NearestName.hint(protocol, WITH_TICKETS))
                            .filter(hint -> !hint.isEmpty())
                            .findFirst()
                            .orElse(""));
        }
    }

    /**
     * @throws IllegalStateException if the host's {@code ciphers} match no cipher suite, so that TLS 1.2 is enabled but
     *     unusable
     */
    public static void requireCiphers(SSLHostConfig host, SSLUtil util) {
        String ciphers = host.getCiphers();
        boolean isMeant = ciphers != null && !ciphers.isBlank();
        if (isMeant
                && List.of(util.getEnabledProtocols()).contains(TLS12)
                && Stream.of(util.getEnabledCiphers()).noneMatch(EnabledSuites::isForTls12)) {
            throw new IllegalStateException("TLS host " + host.getHostName() + " has ciphers=\"" + ciphers
                    + "\", which matches no cipher suite for TLSv1.2 of this engine; correct it, remove it to use"
                    + " Tomcat's"
                    + " default, or enable TLSv1.3 only (protocols=\"TLSv1.3\")");
        }
    }

    /**
     * Sets up a server engine as Tomcat does for each connection with {@code certificate}.
     *
     * @param ciphers the cipher suites of the host
     */
    public static Consumer<SSLEngine> setup(
            SSLHostConfigCertificate certificate, String[] protocols, String[] ciphers) {
        // Tomcat selects one of several certificates by the cipher suites for its key type.
        boolean isOnly = certificate.getSSLHostConfig().getCertificates().size() == 1;
        String[] own = isOnly
                ? ciphers
                : Stream.of(ciphers)
                        .filter(suite -> !isForTls12(suite) || suite.contains(authentication(certificate)))
                        .toArray(String[]::new);
        return engine -> {
            engine.setEnabledCipherSuites(own);
            engine.setEnabledProtocols(protocols);
        };
    }

    private static String authentication(SSLHostConfigCertificate certificate) {
        return switch (certificate.getType().name()) {
            case "EC" -> "_ECDSA_";
            case "DSA" -> "_DSS_";
            default -> "_" + certificate.getType().name() + "_";
        };
    }

    // Names of TLS 1.3 cipher suites do not contain a key exchange.
    private static boolean isForTls12(String suite) {
        return suite.contains("_WITH_");
    }
}
