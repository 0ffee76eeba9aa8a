package dev.gangway.internal.handshake;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/** The cipher suites of a server engine for one protocol version. */
public final class EnabledCipherSuites {
    private static final String TLS13 = "TLSv1.3";
    // Signalling values, and cipher suites that must not be recommended.
    private static final Pattern NOT_TO_BE_RECOMMENDED = Pattern.compile("_SCSV$|_anon_|_NULL_");

    private final String protocol;
    private final List<String> enabled;
    private final List<String> supported;

    public EnabledCipherSuites(SSLEngine server, String protocol) {
        this.protocol = protocol;
        this.enabled = of(protocol, server.getEnabledCipherSuites());
        this.supported = of(protocol, server.getSupportedCipherSuites());
    }

    /** Whether there is none, so that the protocol version cannot be used although it is enabled. */
    public boolean isEmpty() {
        return enabled.isEmpty();
    }

    /** Why a full handshake may have failed because of the cipher suites, and what to do. */
    String explanation() {
        return isEmpty()
                ? "no cipher suite for " + protocol + " is enabled; supported are " + supported
                : "enabled for " + protocol + " are the cipher suites " + enabled
                        + ": enable some that match the certificate, or do not enable " + protocol;
    }

    // Names of TLS 1.3 suites do not include the key exchange, so they do not contain _WITH_.
    private static List<String> of(String protocol, String[] suites) {
        return Stream.of(suites)
                .filter(suite -> protocol.equals(TLS13) != suite.contains("_WITH_"))
                .filter(suite -> !NOT_TO_BE_RECOMMENDED.matcher(suite).find())
                .toList();
    }
}
