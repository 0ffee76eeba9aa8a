package dev.gangway.internal.engine;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A server context, with everything needed for handshakes with it in memory.
 *
 * @param context the engine's own context, initialised
 * @param engines creates server engines of the context, configured as by its container, but without a request
 *     for client certificates
 * @param clientAuthentication which client certificates the connector accepts
 * @param serverNames host names (SNI), one of which the server may require to answer a ClientHello; may be empty
 */
public record TlsServer(
        SSLContext context,
        Supplier<SSLEngine> engines,
        ClientAuthentication clientAuthentication,
        List<String> serverNames) {
    public TlsServer {
        serverNames = List.copyOf(serverNames);
    }

    /** The same server, with other engines of the same context. */
    public TlsServer withEngines(Supplier<SSLEngine> others) {
        return new TlsServer(context, others, clientAuthentication, serverNames);
    }
}
