package dev.gangway.internal.engine.jdk;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLEngine;

/**
 * Tells a container the server name of a connection before SunJSSE opens a ticket.
 *
 * <p>Since Java 25, SunJSSE asks the key manager for the server's certificate when it opens a ticket, and resumes only if it is
 * the certificate of the session. That is before it reads the server name. Jetty learns the name from an SNI matcher that it
 * gives each engine, and chooses the certificate by it. SunJSSE calls the matcher again later, with the same name, and decides by
 * that whether the name is served.
 */
final class NameBeforeTicket {
    private static final Logger LOG = System.getLogger("dev.gangway");
    // Since JDK-8357033.
    private static final boolean IS_NEEDED = Runtime.version().feature() >= 25;

    private NameBeforeTicket() {}

    /**
     * Does nothing where SunJSSE does not ask for a certificate so early.
     *
     * @param name a host name as it is on the wire
     * @param server in the middle of a handshake
     */
    static void passServerNameToMatchers(byte[] name, SSLEngine server) {
        if (!IS_NEEDED) {
            return;
        }
        Collection<SNIMatcher> matchers = server.getSSLParameters().getSNIMatchers();
        if (matchers == null || matchers.isEmpty()) {
            return;
        }
        try {
            SNIHostName host = new SNIHostName(name);
            for (SNIMatcher matcher : matchers) {
                if (matcher.getType() == host.getType()) {
                    matcher.matches(host);
                }
            }
        } catch (IllegalArgumentException e) {
            // No host name: SunJSSE refuses it, too.
            return;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "An SNI matcher failed; SunJSSE will call it, too", e);
        }
    }
}
