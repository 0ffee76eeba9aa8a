package dev.gangway.examples.bench.server;

import dev.gangway.examples.bench.UnwatchedEngine;
import dev.gangway.tomcat.GangwaySslImplementation;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;

/** Gangway's TLS for Tomcat with the watch taken off each new engine. Tomcat makes it by name. */
public final class UnwatchedSslImplementation extends JSSEImplementation {
    @Override
    public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
        return new UnwatchedUtil(new GangwaySslImplementation().getSSLUtil(certificate));
    }

    private record UnwatchedUtil(SSLUtil gangway) implements SSLUtil {
        @Override
        public SSLContext createSSLContext(List<String> negotiableProtocols) throws Exception {
            return new UnwatchedContext(gangway.createSSLContext(negotiableProtocols));
        }

        @Override
        public KeyManager[] getKeyManagers() throws Exception {
            return gangway.getKeyManagers();
        }

        @Override
        public TrustManager[] getTrustManagers() throws Exception {
            return gangway.getTrustManagers();
        }

        @Override
        public void configureSessionContext(SSLSessionContext sessions) {
            gangway.configureSessionContext(sessions);
        }

        @Override
        public String[] getEnabledCiphers() {
            return gangway.getEnabledCiphers();
        }

        @Override
        public String[] getEnabledProtocols() {
            return gangway.getEnabledProtocols();
        }
    }

    private record UnwatchedContext(SSLContext gangway) implements SSLContext {
        @Override
        public SSLEngine createSSLEngine() {
            return UnwatchedEngine.of(gangway.createSSLEngine());
        }

        @Override
        public void init(KeyManager[] keyManagers, TrustManager[] trustManagers, SecureRandom random)
                throws KeyManagementException {
            gangway.init(keyManagers, trustManagers, random);
        }

        @Override
        public void destroy() {
            gangway.destroy();
        }

        @Override
        public SSLSessionContext getServerSessionContext() {
            return gangway.getServerSessionContext();
        }

        @Override
        public SSLServerSocketFactory getServerSocketFactory() {
            return gangway.getServerSocketFactory();
        }

        @Override
        public SSLParameters getSupportedSSLParameters() {
            return gangway.getSupportedSSLParameters();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return gangway.getCertificateChain(alias);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return gangway.getAcceptedIssuers();
        }
    }
}
