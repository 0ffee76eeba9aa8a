package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import java.util.Optional;

/**
 * The settings of a measured server.
 *
 * @param engine {@code jdk}, {@code conscrypt} or {@code openssl}
 * @param keys the ticket keys, unless it is stock
 * @param trusted the authorities of clients, which must then have a certificate; empty if clients have none
 * @param directBuffers whether the container keeps TLS records outside the heap
 */
public record MeasuredServer(
        Kind kind,
        String engine,
        String keys,
        ServerKeyStore keyStore,
        Optional<ServerKeyStore> trusted,
        boolean directBuffers) {
    /** With keys of its own, for clients without certificates. */
    static MeasuredServer alone(Kind kind, String engine, ServerKeyStore keyStore) {
        return new MeasuredServer(kind, engine, "random:", keyStore, Optional.empty(), false);
    }
}
