package dev.gangway.tomcat.internal.openssl;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.openssl.panama.OpenSSLContext;

/** Tomcat's OpenSSL context as a {@code javax.net.ssl.SSLContext}. */
final class OpenSslSslContext extends SSLContext {
    private static final Provider PROVIDER = new Provider("TomcatOpenSSL", "1", "Tomcat's OpenSSL contexts") {
        private static final long serialVersionUID = 1L;
    };

    private final Spi spi;

    OpenSslSslContext(OpenSSLContext server, String protocol) {
        this(new Spi(server), protocol);
    }

    private OpenSslSslContext(Spi spi, String protocol) {
        super(spi, PROVIDER, protocol);
        this.spi = spi;
    }

    OpenSSLContext server() {
        return spi.server;
    }

    /** Whether a trust manager, not OpenSSL itself, checks client certificates. */
    boolean hasTrustManager() {
        return spi.hasTrustManager;
    }

    private static final class Spi extends SSLContextSpi {
        private final OpenSSLContext server;
        private boolean hasTrustManager;

        Spi(OpenSSLContext server) {
            this.server = server;
        }

        @Override
        protected void engineInit(KeyManager[] keyManagers, TrustManager[] trustManagers, SecureRandom random)
                throws KeyManagementException {
            hasTrustManager = trustManagers != null && !CaCertificateFiles.isIn(trustManagers);
            server.init(keyManagers, hasTrustManager ? trustManagers : null, random);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return server.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return server.createSSLEngine();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return server.getServerSessionContext();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return server.createSSLEngine().getSSLParameters();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return engineGetSupportedSSLParameters();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw new UnsupportedOperationException("servers only");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException("servers only");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("engines only");
        }
    }
}
