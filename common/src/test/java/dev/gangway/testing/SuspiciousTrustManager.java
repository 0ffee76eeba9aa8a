package dev.gangway.testing;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509TrustManager;

/** An operator's trust manager: checks by PKIX, and then by a list of refused clients. */
public final class SuspiciousTrustManager implements X509TrustManager {
    /** The trusted authorities. */
    static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    /** The names of refused clients. */
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
