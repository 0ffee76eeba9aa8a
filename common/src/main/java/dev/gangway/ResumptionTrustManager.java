package dev.gangway;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509TrustManager;

/**
 * A trust manager with its own check for resumptions. On a connector that asks for client certificates, the
 * certificates in a ticket are checked before the session is resumed: with this method if the connector's trust manager
 * implements it, otherwise with {@link X509TrustManager#checkClientTrusted}, which gets no connection, because the
 * handshake has not got that far.
 */
public interface ResumptionTrustManager extends X509TrustManager {
    /**
     * Checks whether a session of this client may be resumed. Called on the thread that does the handshake, so it
     * should not wait long for a network.
     *
     * @param chain the client's certificates in the ticket, its own first; with engine {@code openssl}, the
     *     certificates that the client sent in its full handshake
     * @param engine the server's engine, whose handshake has just begun
     * @throws CertificateException if the session must not be resumed; the client then does a full handshake
     */
    void checkClientResumption(X509Certificate[] chain, SSLEngine engine) throws CertificateException;
}
