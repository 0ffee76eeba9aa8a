package dev.gangway.tomcat.internal;

import dev.gangway.internal.engine.ObservedSslEngine;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLUtil;

/**
 * Adapts an engine with an observer to Tomcat, which queries an OpenSSL engine for the negotiated protocol through its
 * own interface.
 */
public final class TomcatSslEngine extends ObservedSslEngine implements SSLUtil.ProtocolInfo {
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

    /**
     * The client's chain as after a full handshake.
     *
     * @param ofEngine the engine's own, which may lack the intermediates after a resumption
     */
    Certificate[] withIntermediates(Certificate[] ofEngine) {
        List<X509Certificate> resumed = observer().tickets().resumedClientChain();
        boolean isOfResumed = !resumed.isEmpty() && ofEngine.length == 1 && ofEngine[0].equals(resumed.get(0));
        return isOfResumed ? resumed.toArray(Certificate[]::new) : ofEngine;
    }
}
