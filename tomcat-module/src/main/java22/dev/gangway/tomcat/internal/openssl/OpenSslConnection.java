package dev.gangway.tomcat.internal.openssl;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.keys.KeyName;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * The tickets of one OpenSSL connection, which calls {@link TicketCallbacks} during its handshake. All data on which
 * the decisions depend is in the session itself, as its {@link TicketData}.
 */
final class OpenSslConnection implements ConnectionTickets {
    // A larger ticket may not fit into the client's next ClientHello, or servers may not accept it.
    private static final int LONGEST_TICKET = 16 * 1024;
    // Key name, IV, padding and HMAC.
    private static final int SEAL_LENGTH = 16 + 16 + 16 + 32;

    private final OpenSslTicketKeys keys;
    private final SSLEngine server;
    private final ClientAuth mode;
    private final Answer answer;

    // Known from the first callback on.
    private MemorySegment ssl = MemorySegment.NULL;
    // Of the session that OpenSSL may resume.
    private Optional<TicketData> opened = Optional.empty();
    // In the session of opened.
    private List<X509Certificate> openedChain = List.of();
    // Read by the application's thread.
    private volatile List<X509Certificate> resumedClientChain = List.of();
    // The name of the key that opened the last ticket, as it is in the ticket.
    private Optional<KeyName> opener = Optional.empty();
    private boolean maySeal;
    private Optional<Refusal> refusal = Optional.empty();
    private Optional<Instant> authenticatedAt = Optional.empty();
    private Optional<Instant> issuedAt = Optional.empty();

    OpenSslConnection(OpenSslTicketKeys keys, SSLEngine server, ClientAuth mode, Answer answer) {
        this.keys = keys;
        this.server = server;
        this.mode = mode;
        this.answer = answer;
    }

    OpenSslTicketKeys keys() {
        return keys;
    }

    /** Whether this is the connection of the callback. */
    boolean isOn(MemorySegment asked, MemorySegment sslCtx) {
        if (!keys.areOf(sslCtx)) {
            return false;
        }
        if (MemorySegment.NULL.equals(ssl)) {
            ssl = asked;
        }
        return ssl.address() == asked.address();
    }

    /** {@code SSL *}, valid during a callback only. */
    MemorySegment ssl() {
        return ssl;
    }

    /** Whether OpenSSL may get the key that opens a ticket, so that the session in it can be checked. */
    boolean mayOpen() {
        if (hasMode()) {
            return true;
        }
        refusal = Optional.of(Refusal.CLIENT_AUTH);
        return false;
    }

    /** Called when OpenSSL has got the key of a ticket. */
    void openedWith(KeyName name) {
        opener = Optional.of(name);
    }

    /** Whether this handshake is a full one, or the key of the ticket that it resumes from still opens tickets. */
    boolean openerIsKnown() {
        return opened.isEmpty() || opener.map(keys::opening).isPresent();
    }

    /** Whether OpenSSL may resume the session in a ticket. */
    boolean takes(MemorySegment session) throws Throwable {
        // A ClientHello may offer several tickets; the last one that OpenSSL opened counts.
        opened = Optional.empty();
        openedChain = List.of();
        refusal = Optional.empty();
        byte[] written = keys.sessions().data(session);
        long time = keys.sessions().time(session);
        // Only other software, with a raw key, makes tickets without this data.
        Optional<TicketData> data = written.length == 0
                ? Optional.of(new TicketData(time, time + keys.lifetime(), time, List.of()))
                : TicketData.decode(written);
        if (data.isEmpty()) {
            return false;
        }
        authenticatedAt = data.map(TicketData::authenticatedAt).map(Instant::ofEpochSecond);
        issuedAt = Optional.of(Instant.ofEpochSecond(Math.max(time, data.get().issuedAt())));
        Instant now = keys.now();
        // A node with a longer ticket lifetime may have sealed it.
        data = data.map(found -> found.endingAt(Math.min(found.endsAt(), found.authenticatedAt() + keys.lifetime())));
        if (now.getEpochSecond() >= data.get().endsAt()) {
            refusal = Optional.of(Refusal.SESSION_EXPIRED);
            return false;
        }
        List<X509Certificate> chain = readChain(session, data.get().intermediates());
        if (!accepts(chain, now)) {
            refusal = Optional.of(Refusal.CERTIFICATE);
            return false;
        }
        opened = data.map(found -> endingWith(found, chain));
        openedChain = chain;
        return true;
    }

    private boolean accepts(List<X509Certificate> chain, Instant now) {
        // A host that asks for no certificate shows its applications none after a full handshake either. And the
        // self-test asks for none on any host.
        if (chain.isEmpty() || mode == ClientAuth.NONE) {
            return chain.isEmpty() && mode != ClientAuth.REQUIRED;
        }
        return keys.clients().accepts(chain, now, server);
    }

    private static TicketData endingWith(TicketData data, List<X509Certificate> chain) {
        long end = Math.min(data.endsAt(), ClientAuthentication.endOf(chain).getEpochSecond());
        return data.endingAt(end);
    }

    /** Called before OpenSSL creates a ticket: writes the end of the session into the session. */
    void prepareTicket() throws Throwable {
        maySeal = false;
        MemorySegment session = keys.sessions().of(ssl);
        if (!hasMode() || MemorySegment.NULL.equals(session)) {
            return;
        }
        long now = keys.now().getEpochSecond();
        // A session that was not resumed from a ticket is unknown here.
        Optional<TicketData> data = keys.sessions().isReused(ssl)
                ? opened.map(found -> found.issuedAt(now))
                : Optional.of(ofFullHandshake(session, now));
        if (data.filter(known -> known.endsAt() > now).isPresent()) {
            long timeout = data.get().endsAt() - keys.sessions().time(session);
            maySeal = timeout > 0
                    && keys.sessions().write(session, data.get().encode(), timeout)
                    && isShortEnough(session);
        }
    }

    private boolean isShortEnough(MemorySegment session) throws Throwable {
        int length = keys.sessions().encodedLength(session);
        if (length > 0 && length + SEAL_LENGTH <= LONGEST_TICKET) {
            return true;
        }
        // OpenSSL aborts a handshake if its session is longer than 65,280 bytes, even if there is no key to seal it.
        keys.sessions().clear(session);
        return false;
    }

    private TicketData ofFullHandshake(MemorySegment session, long now) throws Throwable {
        List<byte[]> intermediates =
                mode == ClientAuth.NONE ? List.of() : keys.sessions().clientIntermediates(ssl);
        TicketData data = new TicketData(now, now + keys.lifetime(), now, intermediates);
        return endingWith(data, readChain(session, intermediates));
    }

    /** Whether OpenSSL may get a key for the ticket that it is creating. */
    boolean maySeal() {
        return maySeal;
    }

    private List<X509Certificate> readChain(MemorySegment session, List<byte[]> intermediates) throws Throwable {
        Optional<byte[]> own = keys.sessions().clientCertificate(session);
        if (own.isEmpty()) {
            return List.of();
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(read(factory, own.get()));
        for (byte[] der : intermediates) {
            chain.add(read(factory, der));
        }
        return chain;
    }

    private static X509Certificate read(CertificateFactory factory, byte[] der) throws CertificateException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    private boolean hasMode() {
        return ClientAuthentication.hasMode(server, mode);
    }

    @Override
    public void onHandshakeOver() {
        // OpenSSL itself keeps the chain of a full handshake, and no intermediates of a resumed one.
        if (openedChain.size() > 1 && !answer.isFull()) {
            resumedClientChain = openedChain;
        }
        // It contains certificates, and the connection may exist for a long time.
        opened = Optional.empty();
        openedChain = List.of();
    }

    @Override
    public List<X509Certificate> resumedClientChain() {
        return resumedClientChain;
    }

    @Override
    public Optional<Refusal> refusal() {
        return refusal;
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return authenticatedAt;
    }

    @Override
    public Optional<Instant> issuedAt() {
        return issuedAt;
    }
}
