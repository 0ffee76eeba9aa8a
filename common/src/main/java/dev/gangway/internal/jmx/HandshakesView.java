package dev.gangway.internal.jmx;

import dev.gangway.HandshakeOutcome;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.outcome.HandshakeCounts;

/** The counts of one engine, scope and protocol version, in open types. */
record HandshakesView(HandshakeCounts counts) implements TicketKeysMXBean.Handshakes {
    @Override
    public String getEngine() {
        return counts.engine();
    }

    @Override
    public String getScope() {
        return counts.scope();
    }

    @Override
    public String getProtocol() {
        return counts.protocol();
    }

    @Override
    public long getFullWithoutTicket() {
        return counts.of(HandshakeOutcome.FULL_WITHOUT_TICKET);
    }

    @Override
    public long getFullUnknownKey() {
        return counts.of(HandshakeOutcome.FULL_UNKNOWN_KEY);
    }

    @Override
    public long getFullKeyNotYetAccepted() {
        return counts.of(HandshakeOutcome.FULL_KEY_NOT_YET_ACCEPTED);
    }

    @Override
    public long getFullKeyDestroyed() {
        return counts.of(HandshakeOutcome.FULL_KEY_DESTROYED);
    }

    @Override
    public long getFullOtherScope() {
        return counts.of(HandshakeOutcome.FULL_OTHER_SCOPE);
    }

    @Override
    public long getFullSessionExpired() {
        return counts.of(HandshakeOutcome.FULL_SESSION_EXPIRED);
    }

    @Override
    public long getFullCertificateRefused() {
        return counts.of(HandshakeOutcome.FULL_CERTIFICATE_REFUSED);
    }

    @Override
    public long getFullTicketRefused() {
        return counts.of(HandshakeOutcome.FULL_TICKET_REFUSED);
    }

    @Override
    public long getResumedActiveKey() {
        return counts.of(HandshakeOutcome.RESUMED_ACTIVE_KEY);
    }

    @Override
    public long getResumedPreviousKey() {
        return counts.of(HandshakeOutcome.RESUMED_PREVIOUS_KEY);
    }

    @Override
    public long getResumedNextKey() {
        return counts.of(HandshakeOutcome.RESUMED_NEXT_KEY);
    }

    @Override
    public long getResumedAcceptOnlyKey() {
        return counts.of(HandshakeOutcome.RESUMED_ACCEPT_ONLY_KEY);
    }

    @Override
    public long getResumedOnThisNodeOnly() {
        return counts.of(HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY);
    }

    @Override
    public long getFailed() {
        return counts.of(HandshakeOutcome.FAILED);
    }

    @Override
    public long getNotUnderstood() {
        return counts.of(HandshakeOutcome.NOT_UNDERSTOOD);
    }

    @Override
    public long getWithNewTicket() {
        return counts.withNewTicket();
    }
}
