package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a measured server.
 *
 * @param engine {@code jdk}, {@code conscrypt} or {@code openssl}
 * @param keys the ticket keys, unless it is stock
 * @param trusted the authorities of clients, which must then have a certificate; empty if clients have none
 * @param directBuffers whether the container keeps TLS records outside the heap
 * @param aes128Only whether the server accepts only suites with AES-128-GCM, instead of the container's cipher suites
 */
public record MeasuredServer(
        Kind kind,
        String engine,
        String keys,
        ServerKeyStore keyStore,
        Optional<ServerKeyStore> trusted,
        boolean directBuffers,
        boolean aes128Only) {
    static final String AES_128_TLS_1_3 = "TLS_AES_128_GCM_SHA256";
    /** Cipher suites of TLS 1.2, with RSA and other certificates. */
    static final List<String> AES_128_TLS_1_2 =
            List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

    /** With keys of its own, for clients without certificates. */
    static MeasuredServer alone(Kind kind, String engine, ServerKeyStore keyStore) {
        return new MeasuredServer(kind, engine, "random:", keyStore, Optional.empty(), false, false);
    }
}
