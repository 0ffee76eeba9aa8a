package dev.gangway.tomcat.internal;

import dev.gangway.internal.engine.ObservedSslEngine;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLUtil;

/**
 * Adapts an engine with an observer to Tomcat, which queries an OpenSSL engine for the negotiated protocol through its
 * own interface.
 */
final class TomcatSslEngine extends ObservedSslEngine implements SSLUtil.ProtocolInfo {
    TomcatSslEngine(ObservedSslEngine observed) {
        super(observed);
    }

    @Override
    public String getNegotiatedProtocol() {
        return own() instanceof SSLUtil.ProtocolInfo openSsl
                ? openSsl.getNegotiatedProtocol()
                : own().getApplicationProtocol();
    }

    /**
     * Tomcat passes only the session of a connection to the code that computes TLS attributes, so the session must have
     * the engine.
     */
    @Override
    public SSLSession getSession() {
        return new ConnectionSslSession(own().getSession(), this);
    }
}
