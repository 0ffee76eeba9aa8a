package dev.gangway.internal.engine;

import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** One TLS implementation, and how shared ticket keys are installed in its contexts. */
public interface TicketEngine {
    /** Its name in settings and messages, such as {@code jdk}. */
    String name();

    /**
     * A context of this engine, not yet initialised.
     *
     * @param protocol as for {@link SSLContext#getInstance(String)}
     */
    SSLContext newContext(String protocol) throws NoSuchAlgorithmException;

    /**
     * A context, not yet initialised, for the client that proves an installation. It is of the same TLS implementation,
     * unless that has no client side.
     */
    default SSLContext newClientContext() throws NoSuchAlgorithmException {
        return newContext("TLS");
    }

    /** The protocol versions that {@code server} accepts. */
    default List<String> enabledProtocols(SSLEngine server) {
        return List.of(server.getEnabledProtocols());
    }

    /**
     * Whether connectors with different client authentication refuse each other's tickets even if their keys are used
     * byte for byte, and so are not separated by scope.
     */
    default boolean separatesClientAuthWithoutScopes() {
        return false;
    }

    /**
     * Enables session tickets on one engine. Needed for client and server engines.
     *
     * @param sslEngine a new one, whose parameters nobody has changed
     */
    void prepare(SSLEngine sslEngine);

    /**
     * Wraps a new server engine of this TLS implementation so that a container can use it.
     *
     * @param own as created by its context
     */
    default SSLEngine forContainer(SSLEngine own) {
        return own;
    }

    /** The key managers for the context of a connector, made from the connector's own. They choose the same keys. */
    default KeyManager[] keyManagers(KeyManager[] own) {
        return own;
    }

    /**
     * The trust managers for the context of a connector that requests client certificates, made from the connector's
     * own trust managers. They make the same trust decisions.
     */
    default TrustManager[] trustManagers(TrustManager[] own) {
        return own;
    }

    /**
     * Creates an installation, without keys yet, in an initialised context of this engine.
     *
     * @throws InstallationException if this process, engine version or context does not allow it
     */
    Installation install(TlsServer server, Scope scope, TicketPolicy policy, InstantSource clock)
            throws InstallationException;

    /**
     * Prevents further tickets on the session of a server engine whose handshake is complete. Called before
     * the container or an application can see the session. Does nothing if the engine never issues such
     * tickets. Never throws.
     */
    void issueNoMoreTickets(SSLEngine server);

    /** What in this JVM may be the reason that an installation fails, as a sentence for its message. */
    default Optional<String> suspect() {
        return Optional.empty();
    }

    /** Whether the creation time of a resumed session is the time of its full handshake. */
    default boolean resumedSessionKeepsCreationTime() {
        return false;
    }
}
