package dev.gangway.internal.handshake;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.wire.Handshake;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * A client for test handshakes. It uses the same engine as the server if that has a client side, so that what is
 * disabled in the platform's own TLS (a protocol or algorithm) does not prevent the proof of another engine. It
 * keeps its tickets.
 */
public final class InMemoryClient {
    private static final String PEER_HOST = "gangway-proof.invalid";

    private final TicketEngine engine;
    private final SSLContext context;

    private InMemoryClient(TicketEngine engine, SSLContext context) {
        this.engine = engine;
        this.context = context;
    }

    /** @throws InstallationException if the engine cannot make a client */
    public static InMemoryClient of(TicketEngine engine) throws InstallationException {
        try {
            SSLContext context = engine.newClientContext();
            context.init(null, new TrustManager[] {new TrustAnyServer()}, null);
            return new InMemoryClient(engine, context);
        } catch (GeneralSecurityException e) {
            throw new InstallationException("the client for the test of the ticket keys cannot be created: " + e, e);
        }
    }

    /**
     * The result of a first handshake.
     *
     * @param serverName the server name (SNI) that the server requires, if any
     */
    public record First(Optional<String> serverName, Handshake handshake) {}

    /**
     * A handshake with {@code server}, without server name if it accepts that, else with the first of its names
     * that it accepts.
     *
     * @throws InstallationException if it accepts none
     */
    public First connect(String protocol, TlsServer server) throws InstallationException {
        List<Optional<String>> candidates = new ArrayList<>();
        candidates.add(Optional.empty());
        server.serverNames().forEach(name -> candidates.add(Optional.of(name)));

        SSLException lastFailure = null;
        for (Optional<String> serverName : candidates) {
            try {
                return new First(
                        serverName,
                        connect(protocol, serverName, server.engines().get()));
            } catch (SSLException e) {
                lastFailure = e;
            }
        }
        throw new InstallationException(
                "the test of the ticket keys in memory failed: a full " + protocol
                        + " handshake with this connector's own key manager fails (" + lastFailure
                        + "), without server name and with each of " + server.serverNames() + "; "
                        + new EnabledCipherSuites(server.engines().get(), protocol).explanation(),
                lastFailure);
    }

    /**
     * One handshake with {@code server} in memory.
     *
     * @throws SSLException if it fails
     */
    public Handshake connect(String protocol, Optional<String> serverName, SSLEngine server) throws SSLException {
        return InMemoryHandshake.run(newEngine(protocol, serverName), server);
    }

    /**
     * A client engine for one handshake. All engines of this client offer the newest ticket that one of them was given.
     */
    public SSLEngine newEngine(String protocol, Optional<String> serverName) {
        SSLEngine client = context.createSSLEngine(PEER_HOST, 443);
        client.setUseClientMode(true);
        engine.prepare(client);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(serverName
                .map(name -> List.<SNIServerName>of(new SNIHostName(name)))
                .orElse(List.of()));
        client.setSSLParameters(parameters);
        return client;
    }
}
