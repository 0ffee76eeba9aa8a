package dev.gangway.testing;

import dev.gangway.proof.InMemoryHandshake;
import dev.gangway.wire.Handshake;
import java.lang.reflect.Field;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** A TLS client in memory that keeps its tickets and trusts any server. */
public final class TicketClient {
    private final SSLContext context;
    private final String protocol;
    private final Optional<String> serverName;

    private TicketClient(SSLContext context, String protocol, Optional<String> serverName) {
        this.context = context;
        this.protocol = protocol;
        this.serverName = serverName;
    }

    public static TicketClient of(String protocol) {
        return of(protocol, new KeyManager[0]);
    }

    public static TicketClient of(String protocol, KeyManager[] keyManagers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(keyManagers, new TrustManager[] {new TrustAnybody()}, null);
            return new TicketClient(context, protocol, Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same client, sending {@code name} as server name. */
    public TicketClient withServerName(String name) {
        return new TicketClient(context, protocol, Optional.of(name));
    }

    /** The client's own context, for tests that connect with a socket. */
    public SSLContext context() {
        return context;
    }

    /** One handshake with {@code server}, which is set to server mode here. */
    public Handshake connect(SSLEngine server) throws SSLException {
        SSLEngine client = context.createSSLEngine("node.invalid", 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(serverName
                .map(name -> List.<SNIServerName>of(new SNIHostName(name)))
                .orElse(List.of()));
        client.setSSLParameters(parameters);
        server.setUseClientMode(false);
        return InMemoryHandshake.run(client, server);
    }

    /** Whether a connection to {@code server} is resumed. */
    public boolean resumes(SSLEngine server) throws SSLException {
        return connect(server).resumed().orElseThrow();
    }

    /** Lets {@code change} loose on every ticket the client holds, as an attacker who owns the client could. */
    public void changeTickets(Consumer<byte[]> change) {
        forEachTicket((session, ticket) -> change.accept(ticket));
    }

    /** Makes the client tell a wrong age for every ticket it holds (RFC 8446 section 4.2.11.1). */
    public void falsifyTicketAges() {
        forEachTicket((session, ticket) -> {
            Field ageAdd = session.getClass().getDeclaredField("ticketAgeAdd");
            ageAdd.setAccessible(true);
            ageAdd.setInt(session, ageAdd.getInt(session) + 1_000_000_000);
        });
    }

    private void forEachTicket(TicketChange change) {
        SSLSessionContext sessions = context.getClientSessionContext();
        int changed = 0;
        try {
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                Field ticket = session.getClass().getDeclaredField("pskIdentity");
                ticket.setAccessible(true);
                byte[] bytes = (byte[]) ticket.get(session);
                // A session whose ticket has been used has none.
                if (bytes != null) {
                    change.on(session, bytes);
                    changed++;
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("SunJSSE's client sessions have changed", e);
        }
        if (changed == 0) {
            throw new AssertionError("the client holds no ticket");
        }
    }

    private interface TicketChange {
        void on(SSLSession session, byte[] ticket) throws ReflectiveOperationException;
    }
}
