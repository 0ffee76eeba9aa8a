package dev.gangway.jetty;

import java.security.Principal;
import java.util.Collection;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SniX509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's SNI key manager notes the host name on the session during the handshake. For SunJSSE that is a reason to issue no
 * ticket in TLS 1.2, because it cannot put the note into one, and in TLS 1.3 to issue a second ticket, the one that clients
 * use, which is no more than the name of an entry in this node's session cache. So the key manager is not shown the session.
 *
 * <p>It finds the host name where Jetty's SNI matcher has caught it. Who asks for the note later ({@code
 * SecureRequestCustomizer}) finds the same name among the session's requested server names. A custom {@code SniSelector}
 * is given no session, as on every resumption on Java 25.
 */
final class TicketFriendlySniKeyManager extends SniX509ExtendedKeyManager {
    TicketFriendlySniKeyManager(X509ExtendedKeyManager delegate, SslContextFactory.Server factory) {
        super(delegate, factory);
    }

    @Override
    protected String chooseServerAlias(
            String keyType, Principal[] issuers, Collection<SNIMatcher> matchers, SSLSession session) {
        return super.chooseServerAlias(keyType, issuers, matchers, null);
    }
}
