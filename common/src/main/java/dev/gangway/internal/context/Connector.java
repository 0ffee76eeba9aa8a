package dev.gangway.internal.context;

import dev.gangway.ClientAuth;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/**
 * The properties of a connector that its ticket-only context needs.
 *
 * @param scopeName the operator's name for the trust domain; empty for the default scope
 * @param clientAuth whether the connector asks clients for a certificate
 * @param engineSetup sets up a new server engine as the container does, in all settings on which its handshakes depend;
 *     client authentication need not be set and is switched off for the self-test
 * @param trustSettings all settings, besides the trust anchors, that decide which clients the connector trusts
 *     (revocation, depth, its own trust manager), as text that is equal on all nodes with the same configuration; empty
 *     if there are none
 * @param checksResumptions whether the connector's trust manager checks the certificates in a ticket again
 */
public record Connector(
        String scopeName,
        ClientAuth clientAuth,
        Consumer<SSLEngine> engineSetup,
        String trustSettings,
        boolean checksResumptions) {
    /** A connector whose trust depends on its anchors only. */
    public Connector(String scopeName, ClientAuth clientAuth, Consumer<SSLEngine> engineSetup) {
        this(scopeName, clientAuth, engineSetup, "", true);
    }

    /** A connector whose key manager depends on the ClientHello only. */
    public static Connector of(String scopeName, ClientAuth clientAuth) {
        return new Connector(scopeName, clientAuth, engine -> {});
    }

    /** The same connector with these {@link #trustSettings}. */
    public Connector trusting(String settings) {
        return new Connector(scopeName, clientAuth, engineSetup, settings, checksResumptions);
    }

    /** The same connector, whose engines {@code more} also sets up. */
    public Connector settingUp(Consumer<SSLEngine> more) {
        return new Connector(scopeName, clientAuth, engineSetup.andThen(more), trustSettings, checksResumptions);
    }

    /** The same connector, with {@link #checksResumptions} set to {@code checks}. */
    public Connector checkingResumptions(boolean checks) {
        return new Connector(scopeName, clientAuth, engineSetup, trustSettings, checks);
    }
}
