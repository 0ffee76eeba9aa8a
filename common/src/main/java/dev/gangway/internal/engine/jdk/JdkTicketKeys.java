package dev.gangway.internal.engine.jdk;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.CurrentConnection;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.engine.jdk.KeysByTicketNumber.Found;
import dev.gangway.internal.engine.jdk.KeysByTicketNumber.KnownKey;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * The map in which one SunJSSE context looks up its ticket keys.
 *
 * <p>SunJSSE uses it in two cases. To seal, it looks up its <em>current key id</em>, which is a marker set by this
 * class: the result is the key that is active at that instant, so activation does not depend on a timer. To open,
 * it looks up the <em>key number</em> in the first four bytes of the ticket; see {@link TicketNumbers} for what
 * the number encodes.
 *
 * <p>The lookup runs on the connection's thread, so the map knows the {@linkplain JdkConnection connection}. Without a
 * known connection (sockets, a renegotiation) no ticket is opened, and no node can open the tickets that are sealed.
 *
 * <p>If no shared key is active (the manager is closed, or the source is unavailable and the last key has retired), a
 * {@linkplain UnsharedTicketKeys random key of this context} is used: tickets then work in this process only, until the next
 * ring is applied.
 *
 * <p>The context references this map strongly, and the manager only weakly, so the map is collected with its context.
 */
final class JdkTicketKeys extends AbstractMap<Integer, Object> implements Installation {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SunJsseInternals internals;
    private final SSLSessionContext sessions;
    private final KeyDerivation derivation;
    private final ClientAuthentication clients;
    private final TicketPolicy policy;
    private final InstantSource clock;
    private final UnsharedTicketKeys unsharedKeys;

    private final boolean checksHeads;
    private final Object noTicket;

    private final int sealMarker = RANDOM.nextInt();

    private volatile KeysByTicketNumber known = KeysByTicketNumber.NONE;
    private volatile Ring ring = new Ring(KeyRing.EMPTY, List.of());

    /** @param checksHeads whether the head of a ticket has to be checked before SunJSSE accepts the ticket */
    JdkTicketKeys(
            SunJsseInternals internals,
            SSLSessionContext sessions,
            KeyDerivation derivation,
            ClientAuthentication clients,
            TicketPolicy policy,
            InstantSource clock,
            boolean checksHeads) {
        this.internals = internals;
        this.sessions = sessions;
        this.derivation = derivation;
        this.clients = clients;
        this.policy = policy;
        this.clock = clock;
        this.unsharedKeys = new UnsharedTicketKeys(derivation, policy, internals, RANDOM);
        this.checksHeads = checksHeads;
        this.noTicket = internals.newKey(0, new UnusableKey());
    }

    @Override
    public void apply(KeyRing newRing) throws InstallationException {
        if (newRing.accepted().stream().anyMatch(TicketKey::isVerbatim)) {
            throw new InstallationException(
                    "engine 'jdk' shares its ticket format with no other software, so raw keys cannot be used byte for byte:"
                            + " remove '?verbatim'");
        }
        Ring old = ring;
        List<JdkTicketKey> keys =
                newRing.accepted().stream().map(key -> keepOrDerive(key, old)).toList();
        ring = new Ring(newRing, keys);
        known = known.with(Stream.concat(
                        keys.stream().map(JdkTicketKey::known),
                        newRing.notYetAccepted().stream().map(this::knownOf))
                .toList());
        sealWithThisMap();
        // A handshake that has already looked up a dropped key has its own copy of the bytes. A lookup that finds the
        // key wiped tries again with the new ring, which is set by now.
        old.keys.stream()
                .filter(key -> keys.stream().noneMatch(key::sharesSecretWith))
                .forEach(JdkTicketKey::destroy);
    }

    @Override
    public void maintain() throws InstallationException {
        unsharedKeys.destroyExpired(clock.instant());
        sealWithThisMap();
    }

    @Override
    public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
        return new JdkConnection(this, internals, clients.in(mode), server, mode, answer);
    }

    @Override
    public String ticketFormat() {
        return derivation.layout();
    }

    @Override
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return ticket.length <= Integer.BYTES
                ? Optional.empty()
                : known.find(ByteBuffer.wrap(ticket).getInt(), clock.instant()).map(this::seal);
    }

    /** What {@code key} sealed; empty if it is a key of this context's own. */
    Optional<TicketSeal> sealOf(JdkTicketKey key, Meaning meaning) {
        KnownKey sealer = key.known();
        return known.has(sealer) ? Optional.of(seal(new Found(sealer.name(), meaning))) : Optional.empty();
    }

    // A client certificate may have shortened the session, so its start cannot be computed from its end.
    private TicketSeal seal(Found found) {
        Instant end = Instant.ofEpochSecond(found.meaning().endsAt());
        Optional<Instant> began =
                clients.isAsked() ? Optional.empty() : Optional.of(end.minus(policy.ticketLifetime()));
        return new TicketSeal(
                found.key(), Optional.of(end), began, found.meaning().isRenewed() ? Optional.empty() : began);
    }

    @Override
    public Object get(Object id) {
        int number = (Integer) id;
        Instant now = clock.instant();
        Optional<JdkConnection> connection =
                CurrentConnection.tickets(JdkConnection.class).filter(present -> present.belongsTo(this));
        if (number == sealMarker) {
            return sealing(connection, now);
        }
        return connection.map(present -> opening(present, number, now)).orElse(null);
    }

    // Null would make SunJSSE use its own random keys, and the end of their tickets would not be known.
    private Object sealing(Optional<JdkConnection> connection, Instant now) {
        if (connection.isPresent() && connection.get().needsEmptyTicket()) {
            return noTicket;
        }
        return connection
                .flatMap(present -> present.sealing(now, policy.ticketLifetime().toSeconds()))
                .flatMap(meaning -> sealing(meaning, connection.get(), now))
                .orElseGet(() -> unsharedKeys.forUnusableTicket(now));
    }

    private Optional<Object> sealing(Meaning meaning, JdkConnection connection, Instant now) {
        Ring present;
        do {
            present = ring;
            // A handshake that began with a key that has been replaced, after a leak for example, must not carry its
            // session over to the new keys.
            if (!connection.opened().areOnlyOf(present.keys)
                    && !connection.opened().areOnlyOf(unsharedKeys.opening(now))) {
                return Optional.empty();
            }
            JdkTicketKey key = present.sealing(now).orElseGet(() -> unsharedKeys.sealing(now));
            Optional<Object> stateless = connection
                    .opened()
                    .derived(key, meaning)
                    .or(() -> key.numberedKey(meaning))
                    .map(numbered -> key.statelessKey(meaning, numbered));
            if (stateless.isPresent()) {
                return stateless;
            }
            // The key has been wiped, so there is a newer ring.
        } while (present != ring);
        return Optional.empty();
    }

    private Object opening(JdkConnection connection, int number, Instant now) {
        return opener(ring.keys, number, now)
                .or(() -> opener(unsharedKeys.opening(now), number, now))
                .filter(found -> connection.hasPlausibleHead(number, found::derived))
                .filter(found -> connection.mayOpen(number, found, now))
                .flatMap(Opener::statelessKey)
                .orElse(null);
    }

    private Optional<Opener> opener(List<JdkTicketKey> keys, int number, Instant now) {
        for (JdkTicketKey key : keys) {
            Optional<Meaning> meaning = key.opens(number, now, policy);
            if (meaning.isPresent()) {
                return Optional.of(new Opener(key, meaning.get()));
            }
        }
        return Optional.empty();
    }

    boolean checksHeads() {
        return checksHeads;
    }

    /** Drops the sessions that SunJSSE would resume without a ticket. */
    void dropCachedSessions() {
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            if (session != null) {
                session.invalidate();
            }
        }
    }

    /** SunJSSE stores its own random key only if it finds no key to seal with, which does not happen. */
    @Override
    public Object put(Integer id, Object key) {
        return null;
    }

    /** SunJSSE searches the entries for expired keys to remove; here the ring removes keys. */
    @Override
    public Set<Entry<Integer, Object>> entrySet() {
        return Set.of();
    }

    /** By identity: each map is the installation of one context. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "JdkTicketKeys[" + ring.keyRing + "]";
    }

    private void sealWithThisMap() throws InstallationException {
        // SunJSSE changes its current id under the same lock, so it cannot undo this change.
        synchronized (sessions) {
            internals.setCurrentKeyId(sessions, sealMarker);
        }
    }

    private JdkTicketKey keepOrDerive(TicketKey key, Ring old) {
        return old.keys.stream()
                .filter(derived -> derived.isSameAs(key))
                .findFirst()
                .map(derived -> derived.rescheduled(key))
                .orElseGet(() -> JdkTicketKey.derive(key, derivation, internals));
    }

    private KnownKey knownOf(TicketKey key) {
        return new KnownKey(key.name(), TicketNumbers.derive(key, derivation), key.times());
    }

    private static final class Ring {
        private final KeyRing keyRing;
        private final List<JdkTicketKey> keys;

        Ring(KeyRing keyRing, List<JdkTicketKey> keys) {
            this.keyRing = keyRing;
            this.keys = keys;
        }

        Optional<JdkTicketKey> sealing(Instant now) {
            Optional<TicketKey> sealing = keyRing.sealingAt(now);
            for (JdkTicketKey key : keys) {
                if (sealing.isPresent() && key.isFor(sealing.get())) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }
    }
}
