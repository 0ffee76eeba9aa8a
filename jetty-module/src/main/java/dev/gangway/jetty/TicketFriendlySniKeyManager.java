package dev.gangway.jetty;

import java.security.Principal;
import java.util.Collection;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SniX509ExtendedKeyManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's SNI key manager stores the host name in the session during the handshake. SunJSSE cannot put that value into
 * a ticket. So it issues no ticket in TLS 1.2; in TLS 1.3 it issues a second one, which clients use, and which only
 * names an entry of this node's session cache. So the key manager does not get the session.
 *
 * <p>It gets the host name from Jetty's SNI matcher instead. {@code SecureRequestCustomizer}, which reads the value
 * later, finds the same name among the session's requested server names. A custom {@code SniSelector} gets no session,
 * as in every resumption on Java 25.
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
