package dev.gangway.outcome;

import dev.gangway.engine.ConnectionTickets;
import dev.gangway.engine.Installation;
import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.WatchedSslEngine;
import dev.gangway.keys.Scope.ClientAuth;
import javax.net.ssl.SSLEngine;

/** Watches the engines of one TLS context. */
public final class ContextWatch {
    final TicketEngine engine;
    final TicketRule rule;
    final Tally tally;
    final TicketsAheadOfKey aheadOfKey;
    private final Installation installation;
    private final ClientAuth mode;

    ContextWatch(
            TicketEngine engine,
            Installation installation,
            ClientAuth mode,
            TicketRule rule,
            Tally tally,
            TicketsAheadOfKey aheadOfKey) {
        this.engine = engine;
        this.installation = installation;
        this.mode = mode;
        this.rule = rule;
        this.tally = tally;
        this.aheadOfKey = aheadOfKey;
    }

    /** An engine for a container that does what {@code own} does, and whose handshake is counted. */
    public WatchedSslEngine watch(SSLEngine own) {
        return new WatchedSslEngine(own, new HandshakeWatch(this, own));
    }

    ConnectionTickets tickets(SSLEngine server, ConnectionTickets.Answer answer) {
        return installation.connection(server, mode, answer);
    }
}
