package dev.gangway.manager;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.KeyTimes;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.source.KeySource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
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

    // Guarded by ringLock, as is every apply; ring is also read without it.
    private Keyset keyset;
    private boolean closed;
    private volatile KeyRing ring = KeyRing.EMPTY;
    private volatile Optional<String> fault = Optional.empty();
    private volatile Instant lastGoodLoad;

    private TicketKeyManager(
            KeySource source, TicketPolicy policy, InstantSource clock, Keyset keyset, Instant loadedAt) {
        this.source = source;
        this.policy = policy;
        this.clock = clock;
        this.keyset = keyset;
        this.lastGoodLoad = loadedAt;
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
        requireUsable(keyset, policy, source, now);
        TicketKeyManager manager = new TicketKeyManager(source, policy, clock, keyset, now);
        manager.turn();
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
                now.active().map(key -> key.name().shortForm()),
                now.acceptOnly().stream().map(key -> key.name().shortForm()).toList(),
                now.digest(),
                lastGoodLoad,
                fault,
                installations.count());
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

    /** Asks the source whether it has other keys. A fault is logged once, shown in the status, and changes nothing. */
    public void reload() {
        sourceLock.lock();
        try {
            Instant now = clock.instant();
            Optional<Keyset> loaded = source.loadIfChanged(now);
            if (loaded.isPresent()) {
                adopt(loaded.get(), now);
            }
            lastGoodLoad = now;
            recovered();
        } catch (KeyFileException | RuntimeException e) {
            failed(e instanceof KeyFileException ? e.getMessage() : e.toString());
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
            installations.tend();
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
                change(KeyRing.EMPTY);
                keyset.destroy();
            }
        } finally {
            ringLock.unlock();
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

    private void failed(String reason) {
        if (!fault.equals(Optional.of(reason))) {
            LOG.log(Level.WARNING, "Ticket keys are not renewed, the last good ones stay in use: {0}", reason);
        }
        fault = Optional.of(reason);
    }

    private void recovered() {
        if (fault.isPresent()) {
            LOG.log(Level.INFO, "Ticket keys from {0} can be read again", source.describe());
        }
        fault = Optional.empty();
    }

    private static void requireUsable(Keyset keyset, TicketPolicy policy, KeySource source, Instant now)
            throws KeyFileException {
        if (keyset.ringAt(now).active().isEmpty()) {
            throw new KeyFileException(source.describe() + " has no key that is active at " + now
                    + "; add one that is, or correct this machine's clock");
        }
        for (TicketKey key : keyset.keys()) {
            KeyTimes times = key.times().orElse(null);
            if (times != null
                    && times.retireAt().isAfter(now)
                    && times.ticketRoom().compareTo(policy.ticketLifetime()) < 0) {
                throw new KeyFileException("ticketLifetime " + policy.ticketLifetime() + " is longer than key "
                        + key.name().shortForm() + " of " + source.describe() + " allows: it opens tickets only "
                        + times.ticketRoom() + " after it retires; shorten ticketLifetime or lengthen destroy-at"
                        + " (RFC 9325 section 3.4)");
            }
        }
    }
}
