package dev.gangway.tomcat.internal;

import dev.gangway.internal.engine.ObservedSslEngine;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLUtil;

/** A observed engine as Tomcat wants to see it: it asks OpenSSL's for the negotiated protocol by an interface of its own. */
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

    /** Tomcat hands a session, and nothing else of a connection, to what gives an application its TLS attributes. */
    @Override
    public SSLSession getSession() {
        return new ConnectionSslSession(own().getSession(), this);
    }
}
