package dev.gangway.tomcat;

import dev.gangway.outcome.HandshakeWatch;
import dev.gangway.outcome.SeenHandshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;

/** Tomcat's TLS facts of a connection, and what became of the ticket in its handshake. */
final class TicketSslSupport extends JSSESupport {
    private final Optional<SeenHandshake> handshake;

    TicketSslSupport(SSLSession session, Map<String, List<String>> additionalAttributes) {
        super(session, additionalAttributes);
        handshake = session instanceof SessionOfConnection known ? HandshakeWatch.of(known.engine()) : Optional.empty();
    }

    Optional<SeenHandshake> handshake() {
        return handshake;
    }
}
