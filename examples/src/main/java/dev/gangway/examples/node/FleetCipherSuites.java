package dev.gangway.examples.node;

import java.util.List;
import java.util.stream.Stream;

/**
 * The cipher suites of Gangway nodes, best first. BoringSSL resumes a ticket only if it would choose the ticket's cipher
 * suite for this client again, so the nodes of a fleet, whichever container they are, must agree on suites and order.
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
