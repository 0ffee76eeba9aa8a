package dev.gangway;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509TrustManager;

/**
 * A trust manager with a say of its own in resumptions. On a connector that asks for client certificates, the certificates in
 * a ticket are checked before the session is resumed: by this method if the connector's trust manager has it, and else by
 * {@link X509TrustManager#checkClientTrusted}, which gets no connection to look at because there is no handshake yet.
 */
public interface ResumptionTrustManager extends X509TrustManager {
    /**
     * Decides whether a session of this client may be resumed. Called on the thread that does the handshake: it should not
     * wait for a network for long.
     *
     * @param chain the client's certificates as they are in the ticket, its own first; with engine {@code openssl} those that
     *     the client sent in its full handshake
     * @param engine the server's engine, whose handshake has just begun
     * @throws CertificateException if not: the client then has to do a full handshake
     */
    void checkClientResumption(X509Certificate[] chain, SSLEngine engine) throws CertificateException;
}
