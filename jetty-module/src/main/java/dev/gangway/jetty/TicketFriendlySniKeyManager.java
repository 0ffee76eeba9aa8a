package dev.gangway.jetty;

import java.security.Principal;
import java.util.Collection;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SniX509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's SNI key manager notes the host name on the session during the handshake. SunJSSE issues no ticket for a session
 * that carries such a note, because it cannot put it into the ticket: with Jetty's own key manager a server with several
 * host names, or a wildcard, would have no tickets at all. So the note is taken off again. Who asks for it later ({@code
 * SecureRequestCustomizer}) finds the same name among the session's requested server names.
 */
final class TicketFriendlySniKeyManager extends SniX509ExtendedKeyManager {
    TicketFriendlySniKeyManager(X509ExtendedKeyManager delegate, SslContextFactory.Server factory) {
        super(delegate, factory);
    }

    @Override
    protected String chooseServerAlias(
            String keyType, Principal[] issuers, Collection<SNIMatcher> matchers, SSLSession session) {
        try {
            return super.chooseServerAlias(keyType, issuers, matchers, session);
        } finally {
            if (session != null) {
                session.removeValue(SslContextFactory.Server.SNI_HOST);
            }
        }
    }
}
