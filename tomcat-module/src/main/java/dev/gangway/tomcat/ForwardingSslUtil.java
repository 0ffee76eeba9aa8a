package dev.gangway.tomcat;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLUtil;

/** A wrapper of Tomcat's object for a certificate's TLS settings. */
abstract class ForwardingSslUtil implements SSLUtil {
    private final SSLUtil own;

    ForwardingSslUtil(SSLUtil own) {
        this.own = own;
    }

    final SSLUtil own() {
        return own;
    }

    @Override
    public SSLContext createSSLContext(List<String> negotiableProtocols) throws Exception {
        return own.createSSLContext(negotiableProtocols);
    }

    @Override
    public KeyManager[] getKeyManagers() throws Exception {
        return own.getKeyManagers();
    }

    @Override
    public TrustManager[] getTrustManagers() throws Exception {
        return own.getTrustManagers();
    }

    @Override
    public void configureSessionContext(SSLSessionContext sessions) {
        own.configureSessionContext(sessions);
    }

    @Override
    public String[] getEnabledProtocols() {
        return own.getEnabledProtocols();
    }

    @Override
    public String[] getEnabledCiphers() {
        return own.getEnabledCiphers();
    }
}
