package dev.gangway.internal.manager;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.UsableKeys;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.source.KeysetSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Manages one source, the ring of its keys, and all installations of that ring ({@link CurrentRing}).
 *
 * <p>The ring changes when the source has other keys ({@link #reload}), and with time ({@link #updateRing}). The two
 * are independent, so that a file system that hangs cannot delay the retirement and destruction of keys. After any
 * fault of the source, the last good keys stay in use until they are destroyed.
 *
 * <p>A manager has no threads; {@link KeyUpdater} calls it.
 */
public final class TicketKeyManager implements AutoCloseable {
    private final KeysetSource source;
    private final TicketPolicy policy;
    private final InstantSource clock;

    private final ReentrantLock sourceLock = new ReentrantLock();
    private final SourceHealth health;
    private final CurrentRing current;

    // Set if the source must give its keys again although they have not changed.
    private volatile boolean readAgain;
    // Faults of the threads that call this manager.
    private volatile Supplier<Optional<String>> updaterFault = Optional::empty;
    // Without a server, only the keys determine the status.
    private volatile IntFunction<Serving> serving = contexts -> Serving.ALL;

    private TicketKeyManager(
            KeysetSource source, TicketPolicy policy, InstantSource clock, Keyset keyset, Instant loadedAt) {
        this.source = source;
        this.policy = policy;
        this.clock = clock;
        this.current = new CurrentRing(source.describe(), keyset, clock);
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
        Optional<Keyset> loaded = Optional.empty();
        boolean opened = false;
        try {
            loaded = source.loadIfChanged(now);
            Keyset keyset = loaded.orElseThrow(() ->
                    new KeySourceException(source.describe() + " gave no keys; use a new source for each manager"));
            UsableKeys.require(keyset, policy, source.describe(), now);
            TicketKeyManager manager = new TicketKeyManager(source, policy, clock, keyset, now);
            manager.updateRing();
            ManagersOfThisJvm.add(manager);
            opened = true;
            return manager;
        } finally {
            if (!opened) {
                loaded.ifPresent(Keyset::destroy);
                source.close();
            }
        }
    }

    /** @param fault faults of the threads that call {@link #reload} and {@link #updateRing}; queried for each status */
    void reportUpdaterFaults(Supplier<Optional<String>> fault) {
        updaterFault = fault;
    }

    /** @param view how the server uses the keys, given the number of contexts; queried for each status */
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
        return current.ring();
    }

    /** When the ring next changes with time. */
    public Optional<Instant> nextChange() {
        return current.nextChange();
    }

    /**
     * When {@link #updateRing} is next due: when the ring changes, and one clock skew before each activation. From then
     * on other nodes may seal with the next key, and an engine with few key slots installs it.
     */
    Optional<Instant> nextRingUpdate() {
        return current.nextUpdate(policy.clockSkew());
    }

    public ManagerStatus status() {
        KeyRing now = current.ring();
        Installations installations = current.installations();
        boolean closed = current.isClosed();
        int contexts = installations.count();
        int broken = installations.countBroken();
        // A closed manager has no callers and no server, so their faults are not reported.
        Serving served = closed ? Serving.ALL : serving.apply(contexts);
        Optional<String> ofKeys = closed ? health.fault() : StateRules.join(updaterFault.get(), health.fault());
        State state = closed ? State.CLOSED : StateRules.worse(StateRules.ofKeys(now, ofKeys, broken), served.state());
        Optional<String> ofRing =
                closed ? Optional.empty() : StateRules.faultOfRing(now, source.describe(), installations.fault());
        return new ManagerStatus(
                source.describe(),
                state,
                KeyStatus.of(now, clock.instant()),
                now.digest(),
                nextChange(),
                current.lastRetirement(),
                health.lastGoodLoad(),
                StateRules.join(StateRules.join(ofRing, ofKeys), served.fault()),
                contexts,
                broken,
                installations.ticketFormats(),
                source.storeStatus());
    }

    /**
     * Applies the ring to {@code installation}, and keeps it up to date while it is strongly reachable: the manager's
     * reference is weak.
     *
     * @throws InstallationException if the engine does not take the ring; it is then not registered
     */
    public void register(Installation installation) throws InstallationException {
        current.register(installation);
    }

    /** Stops updating {@code installation}. It has its keys until they are destroyed. */
    public void unregister(Installation installation) {
        current.unregister(installation);
    }

    /**
     * Whether {@code ticket} has the name of a key of this manager, in the scope of any installation in this JVM,
     * including installations of another manager with the same key.
     */
    public boolean hasSealed(byte[] ticket) {
        return current.installations().sealerOf(ticket).isPresent()
                || ManagersOfThisJvm.all().stream()
                        .flatMap(other -> other.current.installations().sealerOf(ticket).stream())
                        .anyMatch(current::has);
    }

    /**
     * Reads the source. A fault, including an {@code Error}, is logged once, shown in the status, and changes nothing.
     * If the reading thread is interrupted, as it is when the server stops, a failure says nothing about the source.
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
            if (current.isClosed() || Thread.currentThread().isInterrupted()) {
                health.readInterrupted();
            } else {
                health.readFailed(e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            // It is unknown whether the source considers its keys delivered.
            readAgain = true;
            if (current.isClosed()) {
                // The stop has wiped what the source was using.
                health.readInterrupted();
            } else {
                health.readFailed(e.toString());
            }
        } finally {
            sourceLock.unlock();
        }
    }

    /** Waits until {@link #reload} is due: for one poll interval, or until the source has news. */
    void awaitNextRead() throws InterruptedException {
        source.awaitNextRead(policy.pollInterval());
    }

    /** Updates the ring to the current time: activates, retires and destroys the keys that are due. */
    public void updateRing() {
        if (current.update()) {
            readAgain = true;
        }
        if (!current.isClosed()) {
            health.checkTimeout(clock.instant());
        }
    }

    /**
     * Removes the shared keys from every engine and wipes them. Handshakes continue, but tickets are no longer shared.
     */
    @Override
    public void close() {
        try {
            ManagersOfThisJvm.remove(this);
            current.close();
        } finally {
            source.close();
        }
    }

    private void adopt(Keyset loaded, Instant now) throws KeySourceException {
        try {
            UsableKeys.require(loaded, policy, source.describe(), now);
            current.replaceKeyset(loaded, now);
        } finally {
            if (!current.isOf(loaded)) {
                source.forgetLast();
                loaded.destroy();
            }
        }
    }
}
