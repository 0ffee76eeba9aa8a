package dev.gangway.internal.manager;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.source.KeysetSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Owns one source, the ring made of its keys, and all installations of that ring.
 *
 * <p>Two things move the ring: the source has other keys ({@link #reload}), and time passes ({@link #updateRing}). They are
 * independent, so that a file system that hangs cannot stop keys from being retired and destroyed on time. Whatever goes
 * wrong with the source, the last good keys stay until their own end.
 *
 * <p>A manager does nothing by itself; {@link KeyUpdater} calls it at the right times.
 */
public final class TicketKeyManager implements AutoCloseable {
    private final KeysetSource source;
    private final TicketPolicy policy;
    private final InstantSource clock;

    private final ReentrantLock sourceLock = new ReentrantLock();
    private final ReentrantLock ringLock = new ReentrantLock();
    private final Installations installations = new Installations();
    private final SourceHealth health;
    private final RingLog log;

    // Guarded by ringLock, as is every apply; ring is also read without it.
    private Keyset keyset;
    private volatile boolean closed;
    private volatile KeyRing ring = KeyRing.EMPTY;
    // Set when the source must give its keys once more, although they have not changed.
    private volatile boolean readAgain;
    // What is wrong with whoever calls this manager.
    private volatile Supplier<Optional<String>> updaterFault = Optional::empty;
    // Without a server, all that can be said is said by the keys.
    private volatile IntFunction<Serving> serving = contexts -> Serving.ALL;

    private TicketKeyManager(
            KeysetSource source, TicketPolicy policy, InstantSource clock, Keyset keyset, Instant loadedAt) {
        this.source = source;
        this.policy = policy;
        this.clock = clock;
        this.keyset = keyset;
        this.log = new RingLog(source.describe());
        this.health = new SourceHealth(source.describe(), loadedAt);
    }

    /**
     * Loads the first keys.
     *
     * @throws KeySourceException if the source has no usable keys: a server without keys does not start
     */
    public static TicketKeyManager open(KeysetSource source, TicketPolicy policy, InstantSource clock)
            throws KeySourceException {
        Instant now = clock.instant();
        Keyset keyset = source.loadIfChanged(now)
                .orElseThrow(() -> new KeySourceException(source.describe() + " gave no keys; is it used twice?"));
        boolean opened = false;
        try {
            UsableKeys.require(keyset, policy, source.describe(), now);
            TicketKeyManager manager = new TicketKeyManager(source, policy, clock, keyset, now);
            manager.updateRing();
            ManagersOfThisJvm.add(manager);
            opened = true;
            return manager;
        } finally {
            if (!opened) {
                keyset.destroy();
            }
        }
    }

    /** @param fault what is wrong with those who are to call {@link #reload} and {@link #updateRing}, asked for each status */
    void reportUpdaterFaults(Supplier<Optional<String>> fault) {
        updaterFault = fault;
    }

    /** @param view what becomes of the keys in the server they are for, asked for each status with the number of contexts */
    public void reportServing(IntFunction<Serving> view) {
        serving = view;
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

    /**
     * When {@link #updateRing} is next due: when the ring changes, and ahead of each key's turn by the clock skew. Other nodes may
     * seal with the next key from then on, and an engine that has few places for keys gives it one.
     */
    Optional<Instant> nextRingUpdate() {
        ringLock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            return KeysetLifecycle.nextRingUpdate(keyset, clock.instant(), policy.clockSkew());
        } finally {
            ringLock.unlock();
        }
    }

    public ManagerStatus status() {
        KeyRing now = ring;
        int contexts = installations.count();
        int broken = installations.countBroken();
        // A closed manager is called by nobody and serves nothing, as it should be.
        Serving served = closed ? Serving.ALL : serving.apply(contexts);
        Optional<String> ofKeys = closed ? health.fault() : StateRules.join(updaterFault.get(), health.fault());
        State state = closed ? State.CLOSED : StateRules.worse(StateRules.ofKeys(now, ofKeys, broken), served.state());
        return new ManagerStatus(
                source.describe(),
                state,
                KeyStatus.of(now, clock.instant()),
                now.digest(),
                nextChange(),
                health.lastGoodLoad(),
                StateRules.join(ofKeys, served.fault()),
                contexts,
                broken);
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

    /**
     * Asks the source whether it has other keys. A fault, an {@code Error} as much as any other, is logged once, shown in the
     * status, and changes nothing.
     */
    public void reload() {
        sourceLock.lock();
        try {
            Instant now = clock.instant();
            health.readStarted(now);
            if (readAgain) {
                readAgain = false;
                source.forgetLast();
            }
            Optional<Keyset> loaded = source.loadIfChanged(now);
            if (loaded.isPresent()) {
                adopt(loaded.get(), now);
            }
            health.readSucceeded(now);
        } catch (KeySourceException e) {
            health.readFailed(e.getMessage());
        } catch (RuntimeException | Error e) {
            // Nobody knows whether the source believes that it gave its keys.
            readAgain = true;
            health.readFailed(e.toString());
        } finally {
            sourceLock.unlock();
        }
    }

    /** Brings the ring to the present: activates, retires and destroys what is due. */
    public void updateRing() {
        ringLock.lock();
        try {
            if (closed) {
                return;
            }
            Instant now = clock.instant();
            KeyRing next = keyset.ringAt(now);
            if (!next.sameAs(ring)) {
                change(next, now);
            }
            installations.maintain(ring);
            health.checkTimeout(now);
            if (KeysetLifecycle.hasMissingKeys(keyset, now)) {
                readAgain = true;
            }
            KeysetLifecycle.wipeEndedKeys(keyset, now);
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
                ring = KeyRing.EMPTY;
                installations.apply(ring);
                keyset.destroy();
                log.closed();
            }
        } finally {
            ringLock.unlock();
        }
    }

    private void adopt(Keyset loaded, Instant now) throws KeySourceException {
        try {
            UsableKeys.require(loaded, policy, source.describe(), now);
            exchange(loaded, now);
        } finally {
            // Only this method replaces the keyset, and one thread at a time is in it.
            if (keyset != loaded) {
                source.forgetLast();
                loaded.destroy();
            }
        }
    }

    private void exchange(Keyset loaded, Instant now) {
        ringLock.lock();
        try {
            if (!closed) {
                KeyRing next = loaded.ringAt(now);
                Keyset old = keyset;
                keyset = loaded;
                try {
                    change(next, now);
                } finally {
                    old.destroy();
                }
            }
        } finally {
            ringLock.unlock();
        }
    }

    private void change(KeyRing next, Instant now) {
        boolean news = !next.sameAs(ring);
        ring = next;
        installations.apply(next);
        if (news) {
            log.changed(next, now);
        }
    }
}
