package dev.gangway.tomcat.internal;

import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.ObservedSslEngine;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.net.SSLContext;

/** Adapts a {@code javax.net.ssl.SSLContext} to Tomcat's interface. */
public final class JsseContextAdapter implements SSLContext {
    private final javax.net.ssl.SSLContext context;
    private KeyManager[] keyManagers = {};
    private TrustManager[] trustManagers = {};

    public JsseContextAdapter(javax.net.ssl.SSLContext context) {
        this.context = context;
    }

    /** The wrapped context, if it is one of Gangway's. */
    public Optional<TicketOnlySslContext> ticketOnly() {
        return context instanceof TicketOnlySslContext own ? Optional.of(own) : Optional.empty();
    }

    @Override
    public void init(KeyManager[] kms, TrustManager[] tms, SecureRandom random) throws KeyManagementException {
        keyManagers = kms == null ? new KeyManager[0] : kms.clone();
        trustManagers = tms == null ? new TrustManager[0] : tms.clone();
        context.init(kms, tms, random);
    }

    @Override
    public void destroy() {}

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        SSLEngine engine = context.createSSLEngine();
        return engine instanceof ObservedSslEngine observed ? new TomcatSslEngine(observed) : engine;
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return Stream.of(keyManagers)
                .filter(X509KeyManager.class::isInstance)
                .map(manager -> ((X509KeyManager) manager).getCertificateChain(alias))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return Stream.of(trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toArray(X509Certificate[]::new);
    }
}
