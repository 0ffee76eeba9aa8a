package dev.gangway.testing;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509TrustManager;

/** A trust manager as an operator may write one: asks PKIX, and then a list of those it knows better. */
public final class SuspiciousTrustManager implements X509TrustManager {
    /** Whose clients it trusts. */
    static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    /** The names of clients that it does not let in. */
    static final Set<String> SUSPECTS = ConcurrentHashMap.newKeySet();

    private final X509TrustManager pkix = (X509TrustManager) Certificates.trustManagers(AUTHORITY)[0];

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        pkix.checkClientTrusted(chain, authType);
        if (SUSPECTS.contains(chain[0].getSubjectX500Principal().getName())) {
            throw new CertificateException("a suspect");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("for servers only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
