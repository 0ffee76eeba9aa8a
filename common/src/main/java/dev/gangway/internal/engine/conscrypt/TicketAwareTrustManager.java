package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.CurrentConnection;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Wraps a connector's own trust manager, and checks the connection's {@link TicketWindow} again after it.
 * BoringSSL makes its TLS 1.3 tickets in the same call in which it has a client's certificates checked, and that
 * check can take long.
 */
final class TicketAwareTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager own;

    TicketAwareTrustManager(X509ExtendedTrustManager own) {
        this.own = own;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        own.checkClientTrusted(chain, authType, engine);
        CurrentConnection.tickets(ConscryptConnection.class).ifPresent(ConscryptConnection::onClientTrusted);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        own.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        own.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        own.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        own.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        own.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return own.getAcceptedIssuers();
    }
}
