package dev.gangway.internal.outcome;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketEngine;
import javax.net.ssl.SSLEngine;

/** Observes the engines of one TLS context. */
public final class ContextObserver {
    final TicketEngine engine;
    final OutcomeRules rules;
    final OutcomeCounters counters;
    final TicketsOfLaterKeys aheadOfKey;
    private final Installation installation;
    private final ClientAuth mode;

    ContextObserver(
            TicketEngine engine,
            Installation installation,
            ClientAuth mode,
            OutcomeRules rules,
            OutcomeCounters counters,
            TicketsOfLaterKeys aheadOfKey) {
        this.engine = engine;
        this.installation = installation;
        this.mode = mode;
        this.rules = rules;
        this.counters = counters;
        this.aheadOfKey = aheadOfKey;
    }

    /** Wraps {@code own} for a container, so that its handshake is counted. */
    public ObservedSslEngine observe(SSLEngine own) {
        return new ObservedSslEngine(own, new HandshakeObserver(this, own));
    }

    ConnectionTickets tickets(SSLEngine server, ConnectionTickets.Answer answer) {
        return installation.connection(server, mode, answer);
    }
}
