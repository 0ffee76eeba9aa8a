package dev.gangway.internal.context;

import dev.gangway.ClientAuth;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/**
 * What a ticket-only context must know of the connector it is for.
 *
 * @param scopeName the operator's name for the trust domain; empty for the default one
 * @param clientAuth whether the connector asks clients for a certificate
 * @param engineSetup sets a new server engine up as the container does, as far as its handshakes depend on it; client
 *     authentication need not be set and is switched off again for the proof
 * @param trustSettings all that decides, beside the anchors, whom the connector trusts (revocation, depth, its own trust
 *     manager), as text that is the same on all nodes with the same configuration; empty if nothing does
 * @param checksResumptions whether the certificates in a ticket are checked again by the connector's trust manager
 */
public record Connector(
        String scopeName,
        ClientAuth clientAuth,
        Consumer<SSLEngine> engineSetup,
        String trustSettings,
        boolean checksResumptions) {
    /** A connector that trusts whom its anchors vouch for. */
    public Connector(String scopeName, ClientAuth clientAuth, Consumer<SSLEngine> engineSetup) {
        this(scopeName, clientAuth, engineSetup, "", true);
    }

    /** A connector whose key manager depends on nothing but the client's hello. */
    public static Connector of(String scopeName, ClientAuth clientAuth) {
        return new Connector(scopeName, clientAuth, engine -> {});
    }

    /** The same connector with these {@link #trustSettings}. */
    public Connector trusting(String settings) {
        return new Connector(scopeName, clientAuth, engineSetup, settings, checksResumptions);
    }

    /** The same connector, whose engines are also set up by {@code more}. */
    public Connector settingUp(Consumer<SSLEngine> more) {
        return new Connector(scopeName, clientAuth, engineSetup.andThen(more), trustSettings, checksResumptions);
    }

    /** The same connector, if what is in a ticket counts as it was in the full handshake. */
    public Connector checkingResumptions(boolean checks) {
        return new Connector(scopeName, clientAuth, engineSetup, trustSettings, checks);
    }
}
