package dev.gangway.testing;

import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.internal.handshake.TrustAnyServer;
import dev.gangway.internal.wire.Handshake;
import java.lang.reflect.Field;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
    private final List<SNIServerName> serverNames;
    // By session, because a server may issue more tickets than are used.
    private final Map<SSLSession, byte[]> ticketsAsIssued = new WeakHashMap<>();

    private TicketClient(SSLContext context, String protocol, List<SNIServerName> serverNames) {
        this.context = context;
        this.protocol = protocol;
        this.serverNames = serverNames;
    }

    public static TicketClient of(String protocol) {
        return of(protocol, new KeyManager[0]);
    }

    public static TicketClient of(String protocol, KeyManager[] keyManagers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(keyManagers, new TrustManager[] {new TrustAnyServer()}, null);
            return new TicketClient(context, protocol, List.of());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same client, sending {@code name} as server name. */
    public TicketClient withServerName(String name) {
        return withServerNames(List.of(new SNIHostName(name)));
    }

    /** The same client, sending {@code names}, which need not be host names. */
    public TicketClient withServerNames(List<SNIServerName> names) {
        return new TicketClient(context, protocol, List.copyOf(names));
    }

    /** The client's context, for tests that connect with a socket. */
    public SSLContext context() {
        return context;
    }

    /** One handshake with {@code server}, which is set to server mode here. */
    public Handshake connect(SSLEngine server) throws SSLException {
        SSLEngine client = context.createSSLEngine("node.invalid", 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(serverNames);
        client.setSSLParameters(parameters);
        server.setUseClientMode(false);
        return InMemoryHandshake.run(client, server);
    }

    /** Whether a connection to {@code server} is resumed. */
    public boolean resumes(SSLEngine server) throws SSLException {
        return connect(server).resumed().orElseThrow();
    }

    /** Changes every ticket of the client with {@code change}, as an attacker who controls the client can. */
    public void changeTickets(Consumer<byte[]> change) {
        forEachTicket((session, ticket) -> change.accept(ticket));
    }

    /**
     * Replaces every ticket of the client.
     *
     * @param replacement gets the ticket as the server issued it, even if it has been replaced since
     * @return whether the client had a ticket
     */
    public boolean replaceTickets(UnaryOperator<byte[]> replacement) {
        return changeEachTicket((session, ticket) -> {
            Field identity = session.getClass().getDeclaredField("pskIdentity");
            identity.setAccessible(true);
            byte[] asIssued = ticketsAsIssued.computeIfAbsent(session, unknown -> ticket.clone());
            identity.set(session, replacement.apply(asIssued.clone()));
        });
    }

    /** Makes the client send a wrong age for every ticket (RFC 8446 section 4.2.11.1). */
    public void falsifyTicketAges() {
        forEachTicket((session, ticket) -> {
            Field ageAdd = session.getClass().getDeclaredField("ticketAgeAdd");
            ageAdd.setAccessible(true);
            ageAdd.setInt(session, ageAdd.getInt(session) + 1_000_000_000);
        });
    }

    private void forEachTicket(TicketChange change) {
        if (!changeEachTicket(change)) {
            throw new AssertionError("the client holds no ticket");
        }
    }

    private boolean changeEachTicket(TicketChange change) {
        SSLSessionContext sessions = context.getClientSessionContext();
        int changed = 0;
        try {
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                Field ticket = session.getClass().getDeclaredField("pskIdentity");
                ticket.setAccessible(true);
                byte[] bytes = (byte[]) ticket.get(session);
                // A session whose ticket has been used has no ticket.
                if (bytes != null) {
                    change.on(session, bytes);
                    changed++;
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("SunJSSE's client sessions have changed", e);
        }
        return changed > 0;
    }

    private interface TicketChange {
        void on(SSLSession session, byte[] ticket) throws ReflectiveOperationException;
    }
}
