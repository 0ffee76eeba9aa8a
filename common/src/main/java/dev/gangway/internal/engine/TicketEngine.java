package dev.gangway.internal.engine;

import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** One TLS implementation, and the way shared ticket keys get into its contexts. */
public interface TicketEngine {
    /** How settings and messages call it, such as {@code jdk}. */
    String name();

    /**
     * A context of this engine, not yet initialised.
     *
     * @param protocol as for {@link SSLContext#getInstance(String)}
     */
    SSLContext newContext(String protocol) throws NoSuchAlgorithmException;

    /**
     * A context for the client that proves an installation, not yet initialised. Of the same TLS, unless that has no
     * clients.
     */
    default SSLContext newClientContext() throws NoSuchAlgorithmException {
        return newContext("TLS");
    }

    /** The protocol versions that {@code server} really accepts. */
    default List<String> enabledProtocols(SSLEngine server) {
        return List.of(server.getEnabledProtocols());
    }

    /**
     * Whether connectors with different client authentication refuse each other's tickets even if their keys are used
     * byte for byte, and so know no scopes.
     */
    default boolean separatesClientAuthWithoutScopes() {
        return false;
    }

    /** Makes one engine use session tickets, before its handshake. Needed for client and server engines alike. */
    void prepare(SSLEngine sslEngine);

    /**
     * A server engine that a container can use, made from a new one of this TLS.
     *
     * @param own as its context made it
     */
    default SSLEngine forContainer(SSLEngine own) {
        return own;
    }

    /**
     * What a context of a connector that asks for client certificates is initialised with, made from the connector's own trust
     * managers. They decide on trust as the connector's own do.
     */
    default TrustManager[] trustManagers(TrustManager[] own) {
        return own;
    }

    /**
     * Puts an installation, without keys yet, into an initialised context of this engine.
     *
     * @throws InstallationException if this process, engine version or context does not allow it
     */
    Installation install(TlsServer server, Scope scope, TicketPolicy policy, InstantSource clock)
            throws InstallationException;

    /**
     * Lets no further ticket be issued on the session of a server engine whose handshake is complete. Called before the
     * container or an application can see the session. Does nothing if the engine never does that, and never throws.
     */
    void issueNoMoreTickets(SSLEngine server);

    /**
     * Whether a session that was resumed has the time of its full handshake as its creation time.
     */
    default boolean resumedSessionKeepsCreationTime() {
        return false;
    }
}
