package dev.gangway.internal.engine.conscrypt;

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
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.io.IOException;
import java.lang.ref.Reference;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Keeps the two ticket keys of one {@code SSL_CTX} in step with the ring.
 *
 * <p>BoringSSL rotates by itself at a key's rotation time: the current key replaces the previous one, whose block is
 * freed. To prevent that while a key is being written, each key's rotation time is set {@link #GRACE} after its real
 * end, and nothing is written when less than {@link #MARGIN} is left. If the manager is late or dead, BoringSSL falls
 * back to its own random keys. When the manager is back, it first lets BoringSSL rotate once, which gives two fresh
 * blocks that are valid for days, and then writes.
 *
 * <p>Handshakes of other threads continue meanwhile. A handshake that reads a key while it is written seals a ticket
 * that cannot be opened, or fails to open one: the only effect is a full handshake.
 */
final class ConscryptTicketKeys implements Installation {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final Duration OWN_KEY = Duration.ofDays(2);

    private final NativeContext context;
    private final ConscryptInternals internals;
    private final KeyDerivation derivation;
    private final ClientAuthentication clients;
    private final TicketPolicy policy;
    private final InstantSource clock;
    private final InstantSource systemClock;
    private final SecureRandom random = new SecureRandom();

    private KeyRing ring = KeyRing.EMPTY;
    private SlotPlan written = new SlotPlan(Optional.empty(), Optional.empty());
    private TicketKeySlots slots;
    private byte[] currentName = {};
    private byte[] otherName = {};
    private volatile TicketNames names = TicketNames.NONE;
    // Keys of the ring, and random keys in the place of missing ones; used to read tickets before BoringSSL does.
    private volatile Map<KeyName, NativeKey> opening = Map.of();
    private volatile boolean sealsWithRingKey = true;
    // When BoringSSL will replace the keys with its own, in Unix seconds.
    private volatile long inPlaceUntil;

    /**
     * @param clock the manager's clock, which applies to the times of keys
     * @param systemClock the clock that BoringSSL reads
     */
    ConscryptTicketKeys(
            NativeContext context,
            ConscryptInternals internals,
            KeyDerivation derivation,
            ClientAuthentication clients,
            TicketPolicy policy,
            InstantSource clock,
            InstantSource systemClock) {
        this.context = context;
        this.internals = internals;
        this.derivation = derivation;
        this.clients = clients;
        this.policy = policy;
        this.clock = clock;
        this.systemClock = systemClock;
    }

    @Override
    public void apply(KeyRing newRing) throws InstallationException {
        Map<KeyName, KeyName> present = new LinkedHashMap<>();
        for (TicketKey key : newRing.known()) {
            present.put(KeyName.of(nameOf(key)), key.name());
        }
        ring = newRing;
        names = names.with(present);
        write(SlotPlan.of(newRing, clock.instant(), policy.clockSkew()));
    }

    /**
     * Handles what depends on time only: the activation of the next key, and a rotation that BoringSSL did by itself.
     */
    @Override
    public void maintain() throws InstallationException {
        SlotPlan plan = SlotPlan.of(ring, clock.instant(), policy.clockSkew());
        try {
            if (!plan.sameKeysAs(written) || !isAsWritten()) {
                write(plan);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public String ticketFormat() {
        return derivation.layout();
    }

    @Override
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return names.sealOf(ticket);
    }

    @Override
    public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
        return new ConscryptConnection(
                this, internals, clients.in(mode), policy.ticketLifetime().toSeconds(), server, mode, systemClock);
    }

    /**
     * The session in {@code ticket}; empty if no key of this installation sealed it.
     *
     * @throws IllegalStateException if it cannot be read, although BoringSSL may be able to
     */
    Optional<SealedSession> open(byte[] ticket) {
        if (ticket.length <= KeyName.LENGTH) {
            return Optional.empty();
        }
        KeyName name = nameOf(ticket);
        while (true) {
            Map<KeyName, NativeKey> present = opening;
            NativeKey key = present.get(name);
            if (key == null) {
                return Optional.empty();
            }
            try {
                return SealedSession.open(ticket, key);
            } catch (IllegalStateException e) {
                // Each change of the ring replaces and destroys all keys, also those that stay.
                if (present == opening) {
                    throw e;
                }
            }
        }
    }

    /** The name in {@code ticket} of the key that sealed it. */
    static KeyName nameOf(byte[] ticket) {
        return KeyName.of(Arrays.copyOf(ticket, KeyName.LENGTH));
    }

    /** Whether a key of this installation has this name in its tickets. */
    boolean isKnown(KeyName name) {
        Map<KeyName, NativeKey> present;
        boolean isKnown;
        do {
            present = opening;
            NativeKey key = present.get(name);
            isKnown = key != null && !key.isDestroyed();
        } while (present != opening);
        return isKnown;
    }

    /** False if BoringSSL still seals with a key that has left the ring, because the new ones could not be written. */
    boolean sealsWithRingKey() {
        return sealsWithRingKey;
    }

    /** Whether BoringSSL uses the keys that were written last, not its own. */
    boolean areInPlace() {
        return systemSecond() < inPlaceUntil;
    }

    private void write(SlotPlan plan) throws InstallationException {
        NativeKey current = nativeKey(plan.current());
        NativeKey other = nativeKey(plan.previousOrNext());
        Map<KeyName, NativeKey> before = opening;
        Map<KeyName, NativeKey> next = openingKeys(current, other);
        boolean isDone = false;
        try {
            // A client may offer a new ticket before this method returns.
            Map<KeyName, NativeKey> both = new HashMap<>(before);
            both.putAll(next);
            opening = both;
            if (!isAsWritten()) {
                ensureFreshSlots();
            }
            // The key that sealed until now is written to the other slot before it is replaced in the current slot,
            // because it sealed most of the tickets in use.
            requireNamed(slots.previous(), otherName).write(other, endAsOther(plan.previousOrNext()));
            otherName = other.name();
            requireNamed(slots.current(), currentName).write(current, endAsCurrent(plan.current()));
            currentName = current.name();
            written = plan;
            inPlaceUntil = Math.min(endAsCurrent(plan.current()), endAsOther(plan.previousOrNext()));
            opening = next;
            sealsWithRingKey = true;
            isDone = true;
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            if (!isDone) {
                opening = withRefused(before, next);
                sealsWithRingKey = currentName.length != KeyName.LENGTH
                        || !before.containsKey(KeyName.of(currentName))
                        || next.containsKey(KeyName.of(currentName));
            }
            before.values().forEach(NativeKey::destroy);
            Reference.reachabilityFence(context.sessions());
        }
    }

    // BoringSSL may still hold keys that have left the ring. They stay as destroyed keys, so that their tickets are not
    // accepted.
    private Map<KeyName, NativeKey> withRefused(Map<KeyName, NativeKey> before, Map<KeyName, NativeKey> next) {
        Map<KeyName, NativeKey> keys = new HashMap<>(next);
        for (byte[] name : List.of(currentName, otherName)) {
            NativeKey held = name.length == KeyName.LENGTH ? before.get(KeyName.of(name)) : null;
            if (held != null) {
                keys.putIfAbsent(KeyName.of(name), held);
            }
        }
        return Map.copyOf(keys);
    }

    private Map<KeyName, NativeKey> openingKeys(NativeKey current, NativeKey other) throws InstallationException {
        Map<KeyName, NativeKey> keys = new HashMap<>();
        keys.put(KeyName.of(current.name()), current);
        keys.put(KeyName.of(other.name()), other);
        for (TicketKey key : ring.accepted()) {
            NativeKey nativeKey = NativeKey.of(key, derivation);
            if (keys.putIfAbsent(KeyName.of(nativeKey.name()), nativeKey) != null) {
                nativeKey.destroy();
            }
        }
        return Map.copyOf(keys);
    }

    /** Whether both blocks still hold what was last written, with enough time left to write again. */
    private boolean isAsWritten() throws IOException {
        return slots != null
                && slots.hasPrevious()
                && Arrays.equals(slots.current().name(), currentName)
                && Arrays.equals(slots.previous().name(), otherName)
                && hasTimeLeft(slots.current())
                && hasTimeLeft(slots.previous());
    }

    /** Finds the two blocks, and makes BoringSSL create fresh ones if one is missing or near its end. */
    private void ensureFreshSlots() throws IOException, InstallationException {
        byte[] name = context.nameOfFreshTicket();
        slots = TicketKeySlots.locate(context.memory(), context.address(), name);
        if (!slots.hasPrevious() || !hasTimeLeft(slots.current()) || !hasTimeLeft(slots.previous())) {
            inPlaceUntil = 0;
            long old = slots.current().address();
            requireNamed(slots.current(), name).setRotateAt(systemSecond() - 10);
            byte[] freshName = context.nameOfFreshTicket();
            slots = TicketKeySlots.locate(context.memory(), context.address(), freshName);
            if (!slots.hasPrevious() || slots.previous().address() != old || Arrays.equals(freshName, name)) {
                throw new InstallationException("this version of Conscrypt does not rotate its ticket keys as Gangway"
                        + " expects; use a version that Gangway's documentation names, or engine 'jdk'");
            }
            name = freshName;
        }
        currentName = name;
        otherName = slots.previous().name();
        if (!hasTimeLeft(slots.current()) || !hasTimeLeft(slots.previous())) {
            throw new InstallationException(
                    "the rotation times of BoringSSL's ticket keys are implausible; check the system clock");
        }
    }

    private boolean hasTimeLeft(NativeKeyAt key) throws IOException {
        long rotateAt = key.rotateAt();
        return rotateAt == 0 || rotateAt > systemSecond() + MARGIN.toSeconds();
    }

    private static NativeKeyAt requireNamed(NativeKeyAt key, byte[] name) throws IOException, InstallationException {
        if (!Arrays.equals(key.name(), name)) {
            throw new InstallationException("BoringSSL rotated its ticket keys by itself at the same time;"
                    + " nothing was written, and the next attempt will find them again");
        }
        return key;
    }

    private NativeKey nativeKey(Optional<TicketKey> key) throws InstallationException {
        return key.isPresent() ? NativeKey.of(key.get(), derivation) : NativeKey.random(random);
    }

    private byte[] nameOf(TicketKey key) throws InstallationException {
        NativeKey nativeKey = NativeKey.of(key, derivation);
        try {
            return nativeKey.name();
        } finally {
            nativeKey.destroy();
        }
    }

    private long endAsCurrent(Optional<TicketKey> key) {
        if (key.isEmpty()) {
            return systemSecond() + OWN_KEY.toSeconds();
        }
        return key.get()
                .times()
                .map(times -> onSystemClock(times.retireAt()))
                .orElse(systemSecond() + FOREVER.toSeconds());
    }

    private long endAsOther(Optional<TicketKey> key) {
        return key.flatMap(TicketKey::times)
                .map(times -> onSystemClock(times.destroyAt()))
                .orElse(systemSecond() + FOREVER.toSeconds());
    }

    private long onSystemClock(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return systemSecond() + Math.max(0, left.toSeconds()) + GRACE.toSeconds();
    }

    private long systemSecond() {
        return systemClock.instant().getEpochSecond();
    }

    private static InstallationException unreadable(IOException e) {
        return new InstallationException("Conscrypt's ticket keys cannot be reached in memory: " + e, e);
    }
}
