package dev.gangway.tomcat;

import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.ObservedHandshake;
import dev.gangway.tomcat.internal.ConnectionSslSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;

/** Tomcat's TLS attributes of a connection, and those of its handshake. */
final class TicketSslSupport extends JSSESupport {
    private final Optional<ObservedHandshake> handshake;

    TicketSslSupport(SSLSession session, Map<String, List<String>> additionalAttributes) {
        super(session, additionalAttributes);
        handshake =
                session instanceof ConnectionSslSession known ? HandshakeObserver.of(known.engine()) : Optional.empty();
    }

    Optional<ObservedHandshake> handshake() {
        return handshake;
    }
}
