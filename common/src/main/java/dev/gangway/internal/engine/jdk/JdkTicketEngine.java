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
import java.util.stream.Collectors;
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
    private static final String WITH_LATE_TICKETS = "TLSv1.3";
    private static final List<SNIMatcher> ANY_SERVER_NAME = List.of(new AnyServerName());

    // Found at the first installation, which is before any context of this engine can serve.
    private volatile SunJsseInternals internals;

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
     * SunJSSE puts the server name into a ticket, and holds it against the client's on resumption (RFC 6066 section 3),
     * only where there is somebody to match server names. Jetty has a matcher and Tomcat has none, so each would refuse the
     * other's tickets. Every engine gets one, which takes any name; a container may replace it.
     */
    @Override
    public void prepare(SSLEngine sslEngine) {
        SSLParameters parameters = sslEngine.getSSLParameters();
        if (parameters.getSNIMatchers() == null || parameters.getSNIMatchers().isEmpty()) {
            parameters.setSNIMatchers(ANY_SERVER_NAME);
            sslEngine.setSSLParameters(parameters);
        }
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
                FaultProbe.faults(this, found).contains(JdkFault.OPEN_TICKET_HEAD));
        found.replaceKeyMap(sessions, keys);
        return keys;
    }

    /**
     * In TLS 1.3, SunJSSE issues one more ticket whenever a value is bound to a session, as Jetty does for each connection:
     * one that stands for an entry of the session cache, and opens on no other node. Clients use the ticket they got last.
     */
    @Override
    public void issueNoMoreTickets(SSLEngine server) {
        SunJsseInternals found = internals;
        if (found != null) {
            SSLSession session = server.getSession();
            if (session.getProtocol().equals(WITH_LATE_TICKETS)) {
                found.issueNoMoreTickets(session);
            }
        }
    }

    /** SunJSSE keeps a session's creation time however often its ticket is renewed. */
    @Override
    public boolean resumedSessionKeepsCreationTime() {
        return true;
    }

    private static void requireTicketsEnabled() throws InstallationException {
        refuse("jdk.tls.server.enableSessionTicketExtension", "false", "switches session tickets off in this JVM");
        refuse("jdk.tls.server.newSessionTicketCount", "0", "makes this JVM issue no session tickets");
        refuse(
                "jdk.tls.client.enableSessionTicketExtension",
                "false",
                "keeps Gangway's client from proving TLS 1.2 tickets");
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
     * The ticket format, and what a ticket's number says only together with it: a node with a shorter lifetime could not tell from
     * the end when a session began.
     */
    static String layout(TicketPolicy policy) {
        return layout() + "/" + policy.ticketLifetimeSeconds() + "s";
    }

    /**
     * The ticket format. SunJSSE writes its session object field by field, and has changed the fields in update releases
     * too; in TLS 1.2 a ticket that decrypts but does not parse fails the handshake. So only equal versions share a key:
     * the feature, interim and update numbers, which are the same for every vendor's build of one source.
     */
    static String layout() {
        List<Integer> version = Runtime.version().version();
        return "sunjsse/" + version.stream().limit(3).map(String::valueOf).collect(Collectors.joining("."));
    }
}
