package dev.gangway.internal.probe;

import dev.gangway.internal.wire.Handshake;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * One connection whose handshake was completed.
 *
 * @param resumed whether the server resumed a session
 * @param offeredTicket the ticket that the client offered
 * @param ticketLifetime of a ticket that the server issued, as far as it is known
 * @param handshakeNanos from the TCP connection to the end of the TLS handshake
 * @param httpStatus the server's answer to the request, if it was one of HTTP
 */
record Connection(
        boolean resumed,
        Optional<byte[]> offeredTicket,
        Optional<Duration> ticketLifetime,
        String cipherSuite,
        Optional<X509Certificate> certificate,
        long handshakeNanos,
        Optional<Integer> httpStatus) {

    /** @param issuedLifetime of a ticket that is not in the cleartext part of the handshake */
    static Connection of(
            Handshake handshake,
            boolean resumed,
            SSLSession session,
            Optional<Duration> issuedLifetime,
            long handshakeNanos,
            Optional<Integer> httpStatus) {
        return new Connection(
                resumed,
                handshake.offeredTicket(),
                handshake
                        .issuedLifetimeSeconds()
                        .map(seconds -> Duration.ofSeconds(Integer.toUnsignedLong(seconds)))
                        .or(() -> issuedLifetime),
                session.getCipherSuite(),
                certificate(session),
                handshakeNanos,
                httpStatus);
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? Optional.of(leaf) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
