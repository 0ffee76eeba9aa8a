package dev.gangway.manager;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.KeyLimits;
import dev.gangway.keys.KeyName;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.ManagerStatus.State;
import dev.gangway.source.KeySource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Owns one source, the ring made of its keys, and all installations of that ring.
 *
 * <p>Two things move the ring: the source has other keys ({@link #reload}), and time passes ({@link #turn}). They are
 * independent, so that a file system that hangs cannot stop keys from being retired and destroyed on time. Whatever goes
 * wrong with the source, the last good keys stay until their own end.
 *
 * <p>A manager does nothing by itself; {@link KeyManagerClockwork} calls it at the right times.
 */
public final class TicketKeyManager implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final KeySource source;
    private final TicketPolicy policy;
    private final InstantSource clock;

    private final ReentrantLock sourceLock = new ReentrantLock();
    private final ReentrantLock ringLock = new ReentrantLock();
    private final Installations installations = new Installations();
    private final SourceHealth health;

    // Guarded by ringLock, as is every apply; ring is also read without it.
    private Keyset keyset;
    private volatile boolean closed;
    private volatile KeyRing ring = KeyRing.EMPTY;
    // Set when the source must give its keys once more, although they have not changed.
    private volatile boolean readAgain;

    private TicketKeyManager(
            KeySource source, TicketPolicy policy, InstantSource clock, Keyset keyset, Instant loadedAt) {
        this.source = source;
        this.policy = policy;
        this.clock = clock;
        this.keyset = keyset;
        this.health = new SourceHealth(source.describe(), loadedAt);
    }

    /**
     * Loads the first keys.
     *
     * @throws KeyFileException if the source has no usable keys: a server without keys does not start
     */
    public static TicketKeyManager open(KeySource source, TicketPolicy policy, InstantSource clock)
            throws KeyFileException {
        Instant now = clock.instant();
        Keyset keyset = source.loadIfChanged(now)
                .orElseThrow(() -> new KeyFileException(source.describe() + " gave no keys; is it used twice?"));
        try {
            requireUsable(keyset, policy, source, now);
        } catch (KeyFileException e) {
            keyset.destroy();
            throw e;
        }
        TicketKeyManager manager = new TicketKeyManager(source, policy, clock, keyset, now);
        manager.turn();
        ManagersOfThisJvm.add(manager);
        return manager;
    }

    public TicketPolicy policy() {
        return policy;
    }

    public InstantSource clock() {
        return clock;
    }

    public KeyRing ring() {
        return ring;
    }

    /** When the ring next changes by the passing of time alone. */
    public Optional<Instant> nextChange() {
        ringLock.lock();
        try {
            return closed ? Optional.empty() : keyset.nextChangeAfter(clock.instant());
        } finally {
            ringLock.unlock();
        }
    }

    public ManagerStatus status() {
        KeyRing now = ring;
        return new ManagerStatus(
                source.describe(),
                state(now),
                KeyStatus.of(now, clock.instant()),
                now.digest(),
                nextChange(),
                health.lastGoodLoad(),
                health.fault(),
                installations.count(),
                installations.countBroken());
    }

    private State state(KeyRing now) {
        if (closed) {
            return State.CLOSED;
        }
        if (now.active().isEmpty()) {
            return State.NOT_SHARING;
        }
        if (installations.countBroken() > 0) {
            return State.INSTALLATION_BROKEN;
        }
        return health.fault().isPresent() ? State.KEEPING_LAST_GOOD_KEYS : State.SHARING;
    }

    /**
     * Gives {@code installation} the ring and keeps it in step from now on, for as long as something else holds it: the
     * manager itself does so only weakly.
     *
     * @throws InstallationException if the engine does not take the ring; it is then not registered
     */
    public void register(Installation installation) throws InstallationException {
        ringLock.lock();
        try {
            if (closed) {
                throw new InstallationException("the ticket key manager of " + source.describe() + " is closed");
            }
            installation.apply(ring);
            installations.add(installation);
        } finally {
            ringLock.unlock();
        }
    }

    /** Stops keeping {@code installation} in step. It keeps the keys it has until their end. */
    public void unregister(Installation installation) {
        ringLock.lock();
        try {
            installations.remove(installation);
        } finally {
            ringLock.unlock();
        }
    }

    /**
     * Whether {@code ticket} bears the name of a key of this manager in the scope of any installation in this JVM, be it one of
     * another manager that has the same key.
     */
    public boolean hasSealed(byte[] ticket) {
        return installations.sealerOf(ticket).isPresent()
                || ManagersOfThisJvm.all().stream()
                        .flatMap(other -> other.installations.sealerOf(ticket).stream())
                        .anyMatch(this::has);
    }

    private boolean has(KeyName name) {
        return ring.known().stream().map(TicketKey::name).anyMatch(name::equals);
    }

    /** Asks the source whether it has other keys. A fault is logged once, shown in the status, and changes nothing. */
    public void reload() {
        sourceLock.lock();
        try {
            Instant now = clock.instant();
            health.asked(now);
            if (readAgain) {
                readAgain = false;
                source.offerAgain();
            }
            Optional<Keyset> loaded = source.loadIfChanged(now);
            if (loaded.isPresent()) {
                adopt(loaded.get(), now);
            }
            health.gaveKeys(now);
        } catch (KeyFileException | RuntimeException e) {
            health.failed(e instanceof KeyFileException ? e.getMessage() : e.toString());
        } finally {
            sourceLock.unlock();
        }
    }

    /** Brings the ring to the present: activates, retires and destroys what is due. */
    public void turn() {
        ringLock.lock();
        try {
            if (closed) {
                return;
            }
            Instant now = clock.instant();
            KeyRing next = keyset.ringAt(now);
            if (!next.sameAs(ring)) {
                change(next);
            }
            installations.tend(ring);
            health.noticeSilence(now);
            noticeReturnOfTheDead(now);
            keyset.keys().stream()
                    .filter(key -> key.times()
                            .filter(t -> !now.isBefore(t.destroyAt()))
                            .isPresent())
                    .forEach(key -> key.secret().destroy());
        } finally {
            ringLock.unlock();
        }
    }

    /** Takes the shared keys out of every engine and wipes them. Handshakes go on, without sharing. */
    @Override
    public void close() {
        ringLock.lock();
        try {
            if (!closed) {
                closed = true;
                ManagersOfThisJvm.remove(this);
                change(KeyRing.EMPTY);
                keyset.destroy();
            }
        } finally {
            ringLock.unlock();
        }
    }

    /** A clock that ran ahead had keys destroyed before their time; when it is set right, they are needed again. */
    private void noticeReturnOfTheDead(Instant now) {
        if (keyset.keys().stream()
                .anyMatch(key -> key.secret().isDestroyed()
                        && key.times().filter(t -> t.opensAt(now)).isPresent())) {
            readAgain = true;
        }
    }

    private void adopt(Keyset loaded, Instant now) throws KeyFileException {
        try {
            requireUsable(loaded, policy, source, now);
        } catch (KeyFileException e) {
            source.offerAgain();
            loaded.destroy();
            throw e;
        }
        ringLock.lock();
        try {
            if (closed) {
                loaded.destroy();
                return;
            }
            Keyset old = keyset;
            keyset = loaded;
            change(loaded.ringAt(now));
            old.destroy();
        } finally {
            ringLock.unlock();
        }
    }

    private void change(KeyRing next) {
        boolean news = !next.sameAs(ring);
        ring = next;
        installations.apply(next);
        if (news) {
            LOG.log(Level.INFO, "Ticket keys from {0} now: {1}", source.describe(), next);
            if (next.active().isEmpty() && !closed) {
                LOG.log(
                        Level.WARNING,
                        "No ticket key from {0} is active: new tickets are not shared with other nodes until it has one",
                        source.describe());
            }
        }
    }

    private static void requireUsable(Keyset keyset, TicketPolicy policy, KeySource source, Instant now)
            throws KeyFileException {
        List<String> wrong = new ArrayList<>();
        if (keyset.ringAt(now).active().isEmpty()) {
            wrong.add("no key is active at " + now + "; add one that is, or correct this machine's clock");
        }
        wrong.addAll(KeyLimits.brokenBy(policy, keyset, now));
        if (!wrong.isEmpty()) {
            throw new KeyFileException(
                    "keys " + source.describe() + " cannot be used: " + String.join("; also: ", wrong));
        }
    }
}
