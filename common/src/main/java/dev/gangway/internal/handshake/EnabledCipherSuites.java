package dev.gangway.internal.handshake;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/** The cipher suites of a server engine, as far as they are for one protocol version. */
public final class EnabledCipherSuites {
    private static final String TLS13 = "TLSv1.3";
    // No cipher suites, or none that anybody should be told to use.
    private static final Pattern NOT_TO_BE_NAMED = Pattern.compile("_SCSV$|_anon_|_NULL_");

    private final String protocol;
    private final List<String> enabled;
    private final List<String> supported;

    public EnabledCipherSuites(SSLEngine server, String protocol) {
        this.protocol = protocol;
        this.enabled = of(protocol, server.getEnabledCipherSuites());
        this.supported = of(protocol, server.getSupportedCipherSuites());
    }

    /** Whether there is none, so that the protocol version is enabled in name only. */
    public boolean isEmpty() {
        return enabled.isEmpty();
    }

    /** Why a full handshake may have failed, and what to do, if it is because of them. */
    String explanation() {
        return isEmpty()
                ? "no cipher suite for " + protocol + " is enabled; supported are " + supported
                : "enabled for " + protocol + " are the cipher suites " + enabled
                        + ": enable some that go with the certificate, or do not enable " + protocol;
    }

    // A name says what a suite is for: TLS 1.3 no longer agrees on the key exchange by it, so there is nothing WITH
    // which.
    private static List<String> of(String protocol, String[] suites) {
        return Stream.of(suites)
                .filter(suite -> protocol.equals(TLS13) != suite.contains("_WITH_"))
                .filter(suite -> !NOT_TO_BE_NAMED.matcher(suite).find())
                .toList();
    }
}
