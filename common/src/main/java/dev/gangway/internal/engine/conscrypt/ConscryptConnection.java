package dev.gangway.internal.engine.conscrypt;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ForwardingSslEngine;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.wire.OfferedTickets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/**
 * The tickets of one connection of BoringSSL, which has no hook for tickets, only an option to switch them off. A
 * ticket is therefore read before BoringSSL gets it. Tickets are switched on only while BoringSSL reads a
 * ClientHello whose ticket it may accept, and after it has consumed any ClientHello. A ticket that cannot be checked
 * is not accepted.
 */
final class ConscryptConnection implements ConnectionTickets {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final ConscryptTicketKeys keys;
    private final ConscryptInternals internals;
    private final ClientAuthentication clients;
    private final long lifetime;
    private final SSLEngine server;
    private final Optional<ConscryptServerEngine> issuer;
    private final ClientAuth mode;
    private final InstantSource systemClock;

    private Optional<Refusal> refusal = Optional.empty();
    private Optional<SealedSession> session = Optional.empty();
    // The name of the key that sealed it, as it is in the ticket.
    private Optional<KeyName> sealer = Optional.empty();
    // Before BoringSSL has read the first ClientHello. It sets the session's time at that hello or at the second one.
    private Optional<Instant> helloArrived = Optional.empty();

    /**
     * @param lifetime of tickets, in seconds
     * @param systemClock the clock that BoringSSL reads
     */
    ConscryptConnection(
            ConscryptTicketKeys keys,
            ConscryptInternals internals,
            ClientAuthentication clients,
            long lifetime,
            SSLEngine server,
            ClientAuth mode,
            InstantSource systemClock) {
        this.keys = keys;
        this.internals = internals;
        this.clients = clients;
        this.lifetime = lifetime;
        this.issuer =
                server instanceof ConscryptServerEngine forContainer ? Optional.of(forContainer) : Optional.empty();
        this.server = issuer.map(ForwardingSslEngine::own).orElse(server);
        this.mode = mode;
        this.systemClock = systemClock;
        Conscrypt.setUseSessionTickets(this.server, false);
    }

    @Override
    public void onClientHello(OfferedTickets offered) {
        if (helloArrived.isEmpty()) {
            helloArrived = Optional.of(systemClock.instant());
        }
        refusal = Optional.empty();
        session = Optional.empty();
        sealer = Optional.empty();
        boolean takes;
        if (!hasMode()) {
            refusal = Optional.of(Refusal.CLIENT_AUTH);
            takes = false;
        } else {
            takes = takesTickets(offered);
        }
        switchTickets(takes);
    }

    private boolean takesTickets(OfferedTickets offered) {
        try {
            boolean takesTls12 =
                    offered.sessionTicket().map(this::takesSessionTicket).orElse(true);
            // BoringSSL considers the first identity only.
            List<byte[]> identities = offered.pskIdentities();
            boolean takesTls13 = identities.isEmpty() || takesPsk(identities.get(0));
            return takesTls12 && takesTls13;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "A ticket cannot be checked, and is not accepted", e);
            session = Optional.empty();
            sealer = Optional.empty();
            return false;
        }
    }

    private void switchTickets(boolean on) {
        beginHandshake();
        internals.allowTickets(internals.connection(server), on);
    }

    // Conscrypt sets its options when the handshake begins: in the call with the ClientHello, unless the container has
    // begun the handshake before.
    private void beginHandshake() {
        if (server.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            try {
                server.beginHandshake();
            } catch (SSLException e) {
                throw new IllegalStateException("the handshake cannot begin", e);
            }
        }
    }

    @Override
    public void onUnreadableHello() {
        switchTickets(false);
    }

    /** In TLS 1.3 tickets are issued later; in TLS 1.2 BoringSSL has by now decided whether it issues one. */
    @Override
    public void onClientHelloConsumed() {
        if (hasMode()) {
            internals.allowTickets(internals.connection(server), true);
            Instant taken = systemClock.instant();
            Instant arrived = helloArrived.orElse(taken);
            TicketWindow window = session.filter(found -> refusal.isEmpty())
                    .map(found -> Instant.ofEpochSecond(found.endsAt(lifetime)))
                    .map(end -> TicketWindow.ofResumption(arrived, taken, end, systemClock))
                    .orElseGet(() ->
                            TicketWindow.ofFullHandshake(arrived, taken, Duration.ofSeconds(lifetime), systemClock));
            issuer.ifPresent(engine -> engine.issueTicketsIf(mayIssue(window)));
        }
    }

    /**
     * A handshake that began with a key that has been replaced, after a leak for example, must not carry its session over to
     * the new keys. Also not if a ticket was refused: the hello may have another one beside it.
     */
    BooleanSupplier mayIssue(TicketWindow window) {
        Optional<KeyName> opener = sealer;
        return () -> window.isOpen() && opener.map(keys::isKnown).orElse(true);
    }

    /** The session contains the client's certificates, and the connection may exist for a long time. */
    @Override
    public void onHandshakeOver() {
        session = Optional.empty();
    }

    /** Called when the client's certificates have been checked, within the call in which BoringSSL makes tickets. */
    void onClientTrusted() {
        issuer.ifPresent(ConscryptServerEngine::onClientTrusted);
    }

    // A ticket that no key sealed, or that BoringSSL itself refuses, is left to it: in TLS 1.2 it issues no ticket
    // while tickets are switched
    // off, and the client would do one more full handshake.
    private boolean takesSessionTicket(byte[] ticket) {
        session = keys.open(ticket);
        sealer = session.map(any -> ConscryptTicketKeys.nameOf(ticket));
        if (session.isEmpty()) {
            return !clients.isAsked() || keys.areInPlace();
        }
        Instant now = systemClock.instant();
        if (isOver(session.get(), now)) {
            refusal = Optional.of(Refusal.SESSION_EXPIRED);
            // BoringSSL uses the timeout in the ticket, which a node with a longer lifetime may have written.
            return session.get().isOverForBoringSsl(now.getEpochSecond());
        }
        return acceptsCertificates(session.get(), now);
    }

    private boolean takesPsk(byte[] ticket) {
        session = keys.open(ticket);
        sealer = session.map(any -> ConscryptTicketKeys.nameOf(ticket));
        Instant now = systemClock.instant();
        if (session.isEmpty()) {
            return false;
        }
        if (isOver(session.get(), now)) {
            refusal = Optional.of(Refusal.SESSION_EXPIRED);
            return false;
        }
        // Of a session ticket beside it, which does not count in TLS 1.3.
        refusal = Optional.empty();
        return acceptsCertificates(session.get(), now);
    }

    private boolean isOver(SealedSession found, Instant now) {
        return now.getEpochSecond() >= found.endsAt(lifetime);
    }

    private boolean acceptsCertificates(SealedSession found, Instant now) {
        boolean accepted;
        try {
            accepted = !clients.isAsked() || clients.accepts(found.clientChain(), now, server);
        } catch (CertificateException e) {
            accepted = false;
        }
        if (!accepted) {
            refusal = Optional.of(Refusal.CERTIFICATE);
        }
        return accepted;
    }

    private boolean hasMode() {
        return ClientAuthentication.hasMode(server, mode);
    }

    @Override
    public Optional<Refusal> refusal() {
        return refusal;
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return session.map(found -> Instant.ofEpochSecond(found.fullHandshake(lifetime)));
    }

    @Override
    public Optional<Instant> issuedAt() {
        return session.map(found -> Instant.ofEpochSecond(found.time()));
    }
}
