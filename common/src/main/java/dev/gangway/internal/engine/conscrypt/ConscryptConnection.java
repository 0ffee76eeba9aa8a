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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    // The names of the keys that sealed the tickets of all hellos of this handshake. BoringSSL resumes from the ticket
    // in
    // the first, and a client may offer another one after a HelloRetryRequest.
    private final Set<KeyName> sealers = new HashSet<>();
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
        boolean takes;
        if (!hasMode()) {
            refusal = Optional.of(Refusal.CLIENT_AUTH);
            takes = false;
        } else {
            takes = takesTickets(offered) && (isResuming() || keys.sealsWithRingKey());
        }
        switchTickets(takes);
    }

    private boolean takesTickets(OfferedTickets offered) {
        try {
            boolean takesTls12 =
                    offered.sessionTicket().map(this::takesSessionTicket).orElse(true);
            // BoringSSL considers the first identity only.
            List<byte[]> identities = offered.pskIdentities();
            if (identities.isEmpty()) {
                return takesTls12;
            }
            // A session ticket beside it does not count in TLS 1.3.
            Optional<Refusal> ofSessionTicket = refusal;
            refusal = Optional.empty();
            boolean takesTls13 = takesPsk(identities.get(0));
            if (takesTls13 && !takesTls12) {
                refusal = ofSessionTicket;
            }
            return takesTls12 && takesTls13;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "A ticket cannot be checked, and is not accepted", e);
            session = Optional.empty();
            refusal = Optional.empty();
            return false;
        }
    }

    private boolean isResuming() {
        return session.isPresent() && refusal.isEmpty();
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
        if (!hasMode()) {
            return;
        }
        boolean issues = keys.sealsWithRingKey();
        internals.allowTickets(internals.connection(server), issues);
        if (issues) {
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
     * the new keys. That includes the keys of refused tickets, because the hello may have another one beside it.
     */
    BooleanSupplier mayIssue(TicketWindow window) {
        Set<KeyName> openers = Set.copyOf(sealers);
        return () -> window.isOpen() && openers.stream().allMatch(keys::isKnown);
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

    // A ticket of an unknown key, or one that BoringSSL itself refuses, is left to it: in TLS 1.2 it issues no ticket
    // while
    // tickets are switched off, and the client would do one more full handshake.
    private boolean takesSessionTicket(byte[] ticket) {
        session = keys.open(ticket);
        session.ifPresent(any -> sealers.add(ConscryptTicketKeys.nameOf(ticket)));
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
        session.ifPresent(any -> sealers.add(ConscryptTicketKeys.nameOf(ticket)));
        Instant now = systemClock.instant();
        if (session.isEmpty()) {
            return false;
        }
        if (isOver(session.get(), now)) {
            refusal = Optional.of(Refusal.SESSION_EXPIRED);
            return false;
        }
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
