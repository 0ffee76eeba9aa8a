package dev.gangway.tomcat.openssl;

import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.openssl.panama.OpenSSLContext;

/**
 * Tomcat's own context, which also holds its ticket keys: its connections hold it, so they are there for as long as OpenSSL
 * may ask.
 */
final class ServerContext extends OpenSSLContext {
    @SuppressWarnings("unused") // held, not used
    private volatile OpenSslTicketKeys keys;

    ServerContext(SSLHostConfigCertificate certificate, List<String> negotiableProtocols) throws SSLException {
        super(certificate, negotiableProtocols);
    }

    void hold(OpenSslTicketKeys newKeys) {
        keys = newKeys;
    }
}
