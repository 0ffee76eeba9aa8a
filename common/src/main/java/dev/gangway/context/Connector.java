package dev.gangway.context;

import dev.gangway.keys.Scope.ClientAuth;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/**
 * What a ticket-only context must know of the connector it is for.
 *
 * @param scopeName the operator's name for the trust domain; empty for the default one
 * @param clientAuth whether the connector asks clients for a certificate
 * @param engineSetup sets a new server engine up as the container does, as far as its key manager depends on it; client
 *     authentication need not be set and is switched off again for the proof
 * @param mayAskLater whether the container may ask for a certificate in the middle of a connection, by renegotiation, of
 *     a client that it did not ask in the handshake
 */
public record Connector(String scopeName, ClientAuth clientAuth, Consumer<SSLEngine> engineSetup, boolean mayAskLater) {
    /** A connector that asks in the handshake or never. */
    public Connector(String scopeName, ClientAuth clientAuth, Consumer<SSLEngine> engineSetup) {
        this(scopeName, clientAuth, engineSetup, false);
    }

    /** A connector whose key manager depends on nothing but the client's hello. */
    public static Connector of(String scopeName, ClientAuth clientAuth) {
        return new Connector(scopeName, clientAuth, engine -> {});
    }

    /** The same connector, if the container may ask for a certificate by renegotiation. */
    public Connector askingLater() {
        return new Connector(scopeName, clientAuth, engineSetup, true);
    }
}
