package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.StandardConstants;

/** Shared ticket keys for SunJSSE. */
public final class JdkTicketEngine implements TicketEngine {
    private static final String PROVIDER = "SunJSSE";
    private static final String TICKETS_AFTER_HANDSHAKE = "TLSv1.3";
    private static final List<SNIMatcher> ANY_SERVER_NAME = List.of(new AnyServerName());

    // Set at the first installation, before any context of this engine can serve.
    private volatile SunJsseInternals internals;
    // The same for all new engines; not changed once it is here.
    private volatile SSLParameters withMatcher;

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public SSLContext newContext(String protocol) throws NoSuchAlgorithmException {
        try {
            return SSLContext.getInstance(protocol, PROVIDER);
        } catch (NoSuchProviderException e) {
            throw new NoSuchAlgorithmException("this Java runtime has no security provider " + PROVIDER, e);
        }
    }

    /**
     * SunJSSE puts the server name into a ticket, and compares it with the client's on resumption (RFC 6066 section 3),
     * only if the engine has an SNI matcher. Jetty sets a matcher and Tomcat does not, so each would refuse the other's
     * tickets. Every engine therefore gets a matcher that accepts any name; a container may replace it.
     */
    @Override
    public void prepare(SSLEngine sslEngine) {
        SSLParameters known = withMatcher;
        if (known == null) {
            known = withMatcher(sslEngine.getSSLParameters());
            withMatcher = known;
        }
        sslEngine.setSSLParameters(known);
    }

    // SunJSSE leaves as it is what is null here. Cipher suites and protocols take longest to copy; a new engine has
    // them already.
    private static SSLParameters withMatcher(SSLParameters ofNewEngine) {
        ofNewEngine.setCipherSuites(null);
        ofNewEngine.setProtocols(null);
        ofNewEngine.setAlgorithmConstraints(null);
        ofNewEngine.setServerNames(null);
        ofNewEngine.setSNIMatchers(ANY_SERVER_NAME);
        return ofNewEngine;
    }

    @Override
    public Installation install(TlsServer server, Scope scope, TicketPolicy policy, InstantSource clock)
            throws InstallationException {
        requireTicketsEnabled();
        SunJsseInternals found = SunJsseInternals.open();
        internals = found;
        SSLSessionContext sessions = server.context().getServerSessionContext();
        found.requireSunJsse(sessions);
        ClientAuthentication clients = server.clientAuthentication();
        if (clients.isAsked()) {
            found.requireTicketReader();
        }
        JdkTicketKeys keys = new JdkTicketKeys(
                found,
                sessions,
                KeyDerivation.of(layout(policy), scope),
                clients,
                policy,
                clock,
                FaultProbe.faults(this, found).contains(JdkFault.UNAUTHENTICATED_TICKET_HEAD));
        found.replaceKeyMap(sessions, keys);
        return keys;
    }

    /**
     * In TLS 1.3, SunJSSE issues one more ticket whenever a value is bound to a session, as Jetty does for each
     * connection. That ticket refers to an entry of the session cache, so another node cannot use it, although clients
     * offer the newest ticket.
     */
    @Override
    public void issueNoMoreTickets(SSLEngine server) {
        SunJsseInternals found = internals;
        if (found != null) {
            SSLSession session = server.getSession();
            if (session.getProtocol().equals(TICKETS_AFTER_HANDSHAKE)) {
                found.issueNoMoreTickets(session);
            }
        }
    }

    /** Security providers in front of the JDK's own, with which SunJSSE may not open tickets. */
    @Override
    public Optional<String> suspect() {
        return ProvidersInUse.notOfTheJdk();
    }

    /** SunJSSE keeps a session's creation time when its ticket is renewed. */
    @Override
    public boolean resumedSessionKeepsCreationTime() {
        return true;
    }

    private static void requireTicketsEnabled() throws InstallationException {
        refuse("jdk.tls.server.enableSessionTicketExtension", "false", "switches session tickets off in this JVM");
        refuse("jdk.tls.server.newSessionTicketCount", "0", "makes this JVM issue no session tickets");
        refuse("jdk.tls.client.enableSessionTicketExtension", "false", "prevents Gangway's test of TLS 1.2 tickets");
    }

    private static void refuse(String property, String value, String effect) throws InstallationException {
        if (value.equalsIgnoreCase(System.getProperty(property))) {
            throw new InstallationException(
                    "the system property " + property + "=" + value + " " + effect + "; remove it");
        }
    }

    private static final class AnyServerName extends SNIMatcher {
        AnyServerName() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName serverName) {
            return true;
        }
    }

    /**
     * The ticket format and the ticket lifetime. A ticket's number shows when the session ends; a node with a shorter
     * lifetime could not compute from that when the session began.
     */
    static String layout(TicketPolicy policy) {
        return TicketFormat.name() + "/" + policy.ticketLifetimeSeconds() + "s";
    }
}
