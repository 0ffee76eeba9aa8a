package dev.gangway.tomcat.internal.openssl;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketNames;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * The ticket keys of one {@code SSL_CTX}. OpenSSL requests a key for each ticket, so any number is accepted, and each
 * is used only within its times, even if the ring has not been updated.
 *
 * <p>Each connection and the ticket-only context refer to this object.
 *
 * <p>If no key is active, a random key of this context is used: only this context can open its tickets.
 */
final class OpenSslTicketKeys implements Installation {
    private static final Duration OWN_KEY_LIFE = Duration.ofHours(12);

    private final MemorySegment sslCtx;
    private final Sessions sessions;
    private final KeyDerivation derivation;
    private final ClientAuthentication clients;
    private final TicketPolicy policy;
    private final InstantSource clock;
    private final SessionIdContext sessionIdContext;
    private final SecureRandom random = new SecureRandom();

    private volatile Table table = new Table(KeyRing.EMPTY, Map.of(), Map.of());
    private volatile OwnKey ownKey;
    private volatile TicketNames names = TicketNames.NONE;

    OpenSslTicketKeys(
            MemorySegment sslCtx,
            Sessions sessions,
            KeyDerivation derivation,
            ClientAuthentication clients,
            TicketPolicy policy,
            InstantSource clock,
            SessionIdContext sessionIdContext) {
        this.sslCtx = sslCtx;
        this.sessions = sessions;
        this.derivation = derivation;
        this.clients = clients;
        this.policy = policy;
        this.clock = clock;
        this.sessionIdContext = sessionIdContext;
    }

    boolean areOf(MemorySegment otherSslCtx) {
        return sslCtx.address() == otherSslCtx.address();
    }

    Sessions sessions() {
        return sessions;
    }

    /** The client authentication of the host. */
    ClientAuthentication clients() {
        return clients;
    }

    /** How long a session may be resumed, in seconds. */
    long lifetime() {
        return policy.ticketLifetime().toSeconds();
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
        return new OpenSslConnection(this, server, mode, answer);
    }

    /**
     * A key that opens a ticket.
     *
     * @param isOld whether a ticket of this key should be replaced with one of the key that seals now
     */
    record Opening(TicketKeyMaterial key, boolean isOld) {}

    @Override
    public void apply(KeyRing ring) throws InstallationException {
        Map<KeyName, TicketKeyMaterial> bySource = new HashMap<>();
        Map<KeyName, TicketKey> byTicket = new HashMap<>();
        for (TicketKey key : ring.accepted()) {
            TicketKeyMaterial material = TicketKeyMaterial.of(key, derivation);
            bySource.put(key.name(), material);
            byTicket.put(material.name(), key);
            if (key.isVerbatim()) {
                sessionIdContext.setForVerbatimKeys();
            }
        }
        Map<KeyName, KeyName> present = new LinkedHashMap<>();
        byTicket.forEach((ticketName, key) -> present.put(ticketName, key.name()));
        for (TicketKey key : ring.notYetAccepted()) {
            TicketKeyMaterial material = TicketKeyMaterial.of(key, derivation);
            present.put(material.name(), key.name());
            material.destroy();
        }
        names = names.with(present);
        Table old = table;
        table = new Table(ring, Map.copyOf(bySource), Map.copyOf(byTicket));
        // A handshake that has just got one of these finds it destroyed, and requests a key again.
        old.bySource.values().forEach(TicketKeyMaterial::destroy);
    }

    @Override
    public String ticketFormat() {
        return derivation.layout();
    }

    @Override
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return names.sealOf(ticket);
    }

    /** The key that seals now. */
    TicketKeyMaterial sealing() {
        Table now = table;
        return now.ring
                .sealingAt(clock.instant())
                .map(key -> now.bySource.get(key.name()))
                .orElseGet(this::own);
    }

    /** The key that opens tickets with {@code name} now, or null. */
    Opening opening(KeyName name) {
        Table current = table;
        Instant now = clock.instant();
        TicketKey key = current.byTicket.get(name);
        if (key == null) {
            OwnKey own = ownKey;
            return own != null && own.key.name().equals(name) && own.opensAt(now, policy)
                    ? new Opening(own.key, isShared(current, now))
                    : null;
        }
        Optional<KeyTimes> times = key.times();
        if (times.isPresent() && !times.get().opensAt(now)) {
            return null;
        }
        boolean isNext = times.isPresent() && times.get().activateAt().isAfter(now);
        boolean seals = current.ring.sealingAt(now).filter(key::equals).isPresent();
        return new Opening(current.bySource.get(key.name()), !seals && !isNext);
    }

    private static boolean isShared(Table table, Instant now) {
        return table.ring.sealingAt(now).isPresent();
    }

    private synchronized TicketKeyMaterial own() {
        Instant now = clock.instant();
        if (ownKey == null || !now.isBefore(ownKey.madeAt.plus(OWN_KEY_LIFE)) || now.isBefore(ownKey.madeAt)) {
            OwnKey old = ownKey;
            ownKey = new OwnKey(TicketKeyMaterial.random(random), now);
            if (old != null) {
                old.key.destroy();
            }
        }
        return ownKey.key;
    }

    private record OwnKey(TicketKeyMaterial key, Instant madeAt) {
        boolean opensAt(Instant now, TicketPolicy policy) {
            return now.isBefore(madeAt.plus(OWN_KEY_LIFE).plus(policy.ticketLifetime()));
        }
    }

    /** The keys by their name in the source, and by their name in tickets. */
    private record Table(KeyRing ring, Map<KeyName, TicketKeyMaterial> bySource, Map<KeyName, TicketKey> byTicket) {}
}
