package dev.gangway.tomcat;

import dev.gangway.engine.WatchedSslEngine;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLUtil;

/** A watched engine as Tomcat wants to see it: it asks OpenSSL's for the negotiated protocol by an interface of its own. */
final class TomcatSslEngine extends WatchedSslEngine implements SSLUtil.ProtocolInfo {
    TomcatSslEngine(WatchedSslEngine watched) {
        super(watched);
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
        return new SessionOfConnection(own().getSession(), this);
    }
}
