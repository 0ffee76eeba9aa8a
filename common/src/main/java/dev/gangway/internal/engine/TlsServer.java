package dev.gangway.internal.engine;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A server context, and what it takes to do handshakes with it in memory.
 *
 * @param context initialised, the engine's own
 * @param engines gives server engines of the context, set up as its container would, that ask for no client certificate
 * @param clientAuthentication whom the connector lets in
 * @param serverNames host names a client may have to send (SNI) to get an answer at all; may be empty
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
