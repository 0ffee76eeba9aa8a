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
 */
public record Connector(String scopeName, ClientAuth clientAuth, Consumer<SSLEngine> engineSetup) {
    /** A connector whose key manager depends on nothing but the client's hello. */
    public static Connector of(String scopeName, ClientAuth clientAuth) {
        return new Connector(scopeName, clientAuth, engine -> {});
    }
}
