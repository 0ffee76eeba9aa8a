package dev.gangway.outcome;

import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.WatchedSslEngine;
import javax.net.ssl.SSLEngine;

/** Watches the engines of one TLS context. */
public final class ContextWatch {
    final TicketEngine engine;
    final TicketRule rule;
    final Tally tally;
    final TicketsAheadOfKey aheadOfKey;

    ContextWatch(TicketEngine engine, TicketRule rule, Tally tally, TicketsAheadOfKey aheadOfKey) {
        this.engine = engine;
        this.rule = rule;
        this.tally = tally;
        this.aheadOfKey = aheadOfKey;
    }

    /** An engine for a container that does what {@code own} does, and whose handshake is counted. */
    public WatchedSslEngine watch(SSLEngine own) {
        return new WatchedSslEngine(own, new HandshakeWatch(this));
    }
}
