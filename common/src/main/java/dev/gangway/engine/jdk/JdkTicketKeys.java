package dev.gangway.engine.jdk;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.engine.TicketSeal;
import dev.gangway.engine.jdk.KnownNumbers.Numbers;
import dev.gangway.keys.KeyDerivation;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLSessionContext;

/**
 * The map in which one SunJSSE context looks up its ticket keys.
 *
 * <p>SunJSSE asks it in two situations. To seal, it looks up its <em>current key id</em>, which is a marker of ours: the
 * answer is the key that is active at that very instant, so no thread has to be on time when a key's turn comes. To open,
 * it looks up the <em>key number</em> in the first four bytes of the ticket; see {@link KeyNumber} for what it tells.
 *
 * <p>If no shared key is active (the manager is dead, the source is gone and the last key's time is over), SunJSSE makes
 * and stores random keys of its own, as it does without Gangway: tickets then work in this process only. The next ring
 * ends that.
 *
 * <p>The context holds this map strongly, and the manager only weakly: it goes when its context goes.
 */
final class JdkTicketKeys extends AbstractMap<Integer, Object> implements Installation {
    private final SunJsseInternals internals;
    private final SSLSessionContext sessions;
    private final KeyDerivation derivation;
    private final TicketPolicy policy;
    private final InstantSource clock;

    private final int sealMarker = new SecureRandom().nextInt();
    private final Map<Integer, Object> ownKeysOfSunJsse = new ConcurrentHashMap<>();

    private volatile KnownNumbers numbers = KnownNumbers.NONE;
    private volatile Ring ring = new Ring(KeyRing.EMPTY, List.of());

    JdkTicketKeys(
            SunJsseInternals internals,
            SSLSessionContext sessions,
            KeyDerivation derivation,
            TicketPolicy policy,
            InstantSource clock) {
        this.internals = internals;
        this.sessions = sessions;
        this.derivation = derivation;
        this.policy = policy;
        this.clock = clock;
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
        numbers = numbers.with(Stream.concat(
                        keys.stream().map(JdkTicketKey::numbers),
                        newRing.notYetAccepted().stream().map(this::numbersOf))
                .toList());
        sealWithSharedKeys();
        // A handshake that is sealing or opening with a dropped key at this moment finds it wiped: it then sends no
        // ticket, or does a full handshake.
        old.keys.stream()
                .filter(key -> keys.stream().noneMatch(key::sharesSecretWith))
                .forEach(JdkTicketKey::destroy);
    }

    /** SunJSSE stays with a key of its own, once a moment without a shared one (a clock set back) has driven it there. */
    @Override
    public void tend() throws InstallationException {
        if (ring.sealing(clock.instant()).isPresent()) {
            sealWithSharedKeys();
        }
    }

    @Override
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return ticket.length <= Integer.BYTES
                ? Optional.empty()
                : numbers.sealOf(ByteBuffer.wrap(ticket).getInt(), clock.instant());
    }

    @Override
    public Object get(Object id) {
        int number = (Integer) id;
        Instant now = clock.instant();
        if (number == sealMarker) {
            return ring.sealer(now);
        }
        Optional<JdkTicketKey> shared = opening(number, now);
        return shared.isPresent() ? shared.get().statelessKey(number) : ownKeysOfSunJsse.get(number);
    }

    /** SunJSSE stores a random key of its own; it does so only when it was given none to seal with. */
    @Override
    public Object put(Integer id, Object key) {
        return ownKeysOfSunJsse.put(id, key);
    }

    /** SunJSSE's own random keys, through which it removes the old ones. */
    @Override
    public Set<Entry<Integer, Object>> entrySet() {
        return ownKeysOfSunJsse.entrySet();
    }

    /** One map is the installation of one context; two are never the same. */
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

    private void sealWithSharedKeys() throws InstallationException {
        // SunJSSE moves on to random keys of its own under this same lock, so it cannot undo what is set here.
        synchronized (sessions) {
            internals.setCurrentKeyId(sessions, sealMarker);
        }
    }

    private JdkTicketKey keepOrDerive(TicketKey key, Ring old) {
        return old.keys.stream()
                .filter(known -> known.isSameAs(key))
                .findFirst()
                .map(known -> known.rescheduled(key))
                .orElseGet(() -> JdkTicketKey.derive(key, derivation, internals));
    }

    private Numbers numbersOf(TicketKey key) {
        return new Numbers(key.name(), JdkTicketKey.base(key, derivation), key.times());
    }

    private Optional<JdkTicketKey> opening(int number, Instant now) {
        for (JdkTicketKey key : ring.keys) {
            if (key.opens(number, now, policy)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static final class Ring {
        final KeyRing keyRing;
        final List<JdkTicketKey> keys;
        // Part of the ring, so that a key cannot be sealed with once its ring is gone.
        private volatile Sealer sealer;

        Ring(KeyRing keyRing, List<JdkTicketKey> keys) {
            this.keyRing = keyRing;
            this.keys = keys;
        }

        Optional<JdkTicketKey> sealing(Instant now) {
            return keyRing.sealingAt(now)
                    .flatMap(key -> keys.stream().filter(k -> k.isFor(key)).findFirst());
        }

        /** What SunJSSE seals with at {@code now}, or null if no shared key is active. */
        Object sealer(Instant now) {
            Sealer current = sealer;
            if (current == null || current.second != now.getEpochSecond()) {
                Optional<JdkTicketKey> key = sealing(now);
                if (key.isEmpty()) {
                    return null;
                }
                current = new Sealer(now.getEpochSecond(), key.get().sealerFor(now));
                sealer = current;
            }
            return current.statelessKey;
        }
    }

    /** The sealing key as SunJSSE wants it, good for one second, because the second is part of the key number. */
    private record Sealer(long second, Object statelessKey) {}
}
