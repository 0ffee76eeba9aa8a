package dev.gangway.examples.node;

import java.util.List;
import java.util.stream.Stream;

/**
 * The cipher suites of Gangway nodes, in order of preference. BoringSSL resumes a session only if it would choose the
 * session's cipher suite for this client again. So all nodes of a fleet must have the same suites in the same order,
 * whatever container they run.
 */
final class FleetCipherSuites {
    static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");
    static final List<String> TLS_1_2 = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    static final List<String> ALL =
            Stream.concat(TLS_1_3.stream(), TLS_1_2.stream()).toList();

    private FleetCipherSuites() {}
}
