package dev.gangway.internal.engine.jdk;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.wire.OfferedTickets;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The tickets of one connection of SunJSSE, which looks up keys during its handshake: see {@link JdkTicketKeys}. */
final class JdkConnection implements ConnectionTickets {
    private static final String TLS_1_3 = "TLSv1.3";
    // A client that got two tickets in one second has two of a number.
    private static final int MOST_OF_A_NUMBER = 8;

    private final JdkTicketKeys keys;
    private final SunJsseInternals internals;
    private final ClientAuthentication clients;
    private final SSLEngine server;
    private final ClientAuth mode;
    private final Answer answer;

    // Kept only if they have to be checked before SunJSSE accepts them.
    private List<byte[]> offered = List.of();
    private boolean isUsual;
    private int clientFlight;
    private boolean isCheckingCertificates;
    // By number, for the tickets of one ClientHello.
    private final Map<Integer, Boolean> plausible = new HashMap<>();
    private final Map<Integer, Boolean> accepted = new HashMap<>();
    private final OpenedTickets opened = new OpenedTickets();
    private Optional<Refusal> refusal = Optional.empty();

    JdkConnection(
            JdkTicketKeys keys,
            SunJsseInternals internals,
            ClientAuthentication clients,
            SSLEngine server,
            ClientAuth mode,
            Answer answer) {
        this.keys = keys;
        this.internals = internals;
        this.clients = clients;
        this.server = server;
        this.mode = mode;
        this.answer = answer;
    }

    boolean belongsTo(JdkTicketKeys others) {
        return keys.equals(others);
    }

    @Override
    public void onClientHello(OfferedTickets hello) {
        isUsual = hello.hasUsualSessionParts();
        offered = List.of();
        opened.clear();
        plausible.clear();
        accepted.clear();
        clientFlight = 0;
        if (clients.isAsked()) {
            keys.dropCachedSessions();
        }
        if (hello.isAny()) {
            hello.hostName().ifPresent(name -> NameBeforeTicket.passServerNameToMatchers(name, server));
        }
        if (clients.isAsked() || keys.checksHeads()) {
            List<byte[]> all = new ArrayList<>(hello.pskIdentities());
            hello.sessionTicket().ifPresent(all::add);
            offered = all;
        }
    }

    /** Then the certificates in its tickets cannot be checked. */
    @Override
    public void onUnreadableHello() {
        isUsual = false;
        offered = List.of();
    }

    /**
     * In TLS 1.3, SunJSSE issues no ticket for a session that is not valid. For a session that it cannot write, it
     * would issue an empty ticket, and the client would end the connection.
     */
    @Override
    public void onAnswered() {
        SSLSession session = server.getHandshakeSession();
        if (session != null && session.getProtocol().equals(TLS_1_3) && !canReadBack()) {
            session.invalidate();
        }
    }

    /**
     * In TLS 1.3, SunJSSE makes the ticket in the call that reads the end of the client's flight, so the decision is made
     * before that, when the certificates in the flight may not be in the session yet.
     */
    @Override
    public void onClientFlight(int length) {
        clientFlight = length;
        if (length <= TicketSize.CERTAINLY_SMALL) {
            return;
        }
        SSLSession session = server.getHandshakeSession();
        if (session != null
                && session.getProtocol().equals(TLS_1_3)
                && !TicketSize.isAccepted(
                        internals.lengthOfSession(server) + (clientChain().isEmpty() ? length : 0))) {
            session.invalidate();
        }
    }

    /**
     * Whether to issue an empty ticket, which means "no ticket" in TLS 1.2: SunJSSE could not read a real one, or would
     * not accept it, and the connection that offers it would end. In TLS 1.3 a ticket must not be empty, so
     * {@link #onAnswered} and {@link #onClientFlight} decide earlier.
     */
    boolean needsEmptyTicket() {
        SSLSession session = server.getHandshakeSession();
        return session != null && !session.getProtocol().equals(TLS_1_3) && (!canReadBack() || isTooLarge());
    }

    private boolean isTooLarge() {
        return clientFlight > TicketSize.CERTAINLY_SMALL && !TicketSize.isAccepted(internals.lengthOfSession(server));
    }

    private boolean canReadBack() {
        return isUsual || internals.canReadBack(server);
    }

    /**
     * Whether SunJSSE may have made the head of each offered ticket with this number.
     *
     * @param key the AES key for this number, if it still exists
     */
    boolean hasPlausibleHead(int number, Supplier<Optional<PerNumberKey>> key) {
        if (isCheckingCertificates || !keys.checksHeads()) {
            return true;
        }
        return plausible.computeIfAbsent(number, any -> {
            List<byte[]> suspects = offeredWith(number);
            return areFew(suspects)
                    && key.get()
                            .map(present ->
                                    suspects.stream().allMatch(ticket -> TicketHead.isPlausible(ticket, present)))
                            .orElse(false);
        });
    }

    // SunJSSE asks again for each ticket, and a client can offer hundreds, so a number is checked once for a hello.
    private static boolean areFew(List<byte[]> tickets) {
        return !tickets.isEmpty() && tickets.size() <= MOST_OF_A_NUMBER;
    }

    @Override
    public Optional<Refusal> refusal() {
        return refusal;
    }

    /**
     * Whether SunJSSE may open a ticket.
     *
     * @param number the ticket's first four bytes
     */
    boolean mayOpen(int number, Opener opener, Instant now) {
        if (isCheckingCertificates) {
            return true;
        }
        if (!hasMode()) {
            refusal = Optional.of(Refusal.CLIENT_AUTH);
            return false;
        }
        if (clients.isAsked() && !accepted.computeIfAbsent(number, any -> acceptsCertificates(number, now))) {
            refusal = Optional.of(Refusal.CERTIFICATE);
            return false;
        }
        refusal = Optional.empty();
        opened.add(number, opener);
        return true;
    }

    // SunJSSE does not report which of the offered tickets it is about to open, so all with this number are checked.
    private boolean acceptsCertificates(int number, Instant now) {
        isCheckingCertificates = true;
        try {
            List<byte[]> suspects = offeredWith(number);
            // There are none if the ClientHello could not be parsed.
            return areFew(suspects)
                    && suspects.stream()
                            .allMatch(ticket -> internals
                                    .clientChain(server, ticket)
                                    .filter(chain -> clients.accepts(chain, now, server))
                                    .isPresent());
        } finally {
            isCheckingCertificates = false;
        }
    }

    private List<byte[]> offeredWith(int number) {
        List<byte[]> found = new ArrayList<>();
        for (byte[] ticket : offered) {
            if (hasNumber(ticket, number)) {
                found.add(ticket);
            }
        }
        return found;
    }

    private static boolean hasNumber(byte[] ticket, int number) {
        return ticket.length > Integer.BYTES && ByteBuffer.wrap(ticket).getInt() == number;
    }

    /** The tickets that this handshake may resume from. */
    OpenedTickets opened() {
        return opened;
    }

    /** By the key that SunJSSE was given: several keys may have the same number. */
    @Override
    public Optional<TicketSeal> sealOfResumed(byte[] ticket, Supplier<Optional<TicketSeal>> byHead) {
        Optional<Opener> opener = ticket.length > Integer.BYTES
                ? opened.with(ByteBuffer.wrap(ticket).getInt())
                : Optional.empty();
        return opener.isPresent() ? keys.sealOf(opener.get().key(), opener.get().meaning()) : byHead.get();
    }

    /** What the number of a ticket of this handshake must encode; empty if the ticket must not be usable. */
    Optional<Meaning> sealing(Instant now, long lifetime) {
        if (!hasMode()) {
            return Optional.empty();
        }
        boolean isFull = answer.isFull();
        // SunJSSE does not report which of several tickets it resumes from, so the earliest end applies.
        OptionalLong ofSession = isFull ? OptionalLong.of(now.getEpochSecond() + lifetime) : opened.earliestEnd();
        if (ofSession.isEmpty()) {
            // SunJSSE resumes the session from this node's cache.
            return Optional.empty();
        }
        long end = ofSession.getAsLong();
        if (clients.isAsked()) {
            end = Math.min(end, ClientAuthentication.endOf(clientChain()).getEpochSecond());
        }
        return end > now.getEpochSecond() ? Optional.of(new Meaning(end, !isFull)) : Optional.empty();
    }

    /**
     * SunJSSE also resumes sessions without tickets, from its cache of one entry, where certificates cannot be checked.
     * It puts a session into the cache when the handshake ends, so the cache is cleared here.
     */
    @Override
    public void onHandshakeOver() {
        offered = List.of();
        opened.forgetDerived();
        if (clients.isAsked()) {
            keys.dropCachedSessions();
        }
    }

    private boolean hasMode() {
        return ClientAuthentication.hasMode(server, mode);
    }

    private List<X509Certificate> clientChain() {
        SSLSession handshaking = server.getHandshakeSession();
        SSLSession session = handshaking == null ? server.getSession() : handshaking;
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
