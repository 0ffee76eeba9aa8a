package dev.gangway.internal.manager;

import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ring of one keyset at the current time, and the installations that follow it. It is empty before the first
 * {@link #update} and after {@link #close}.
 *
 * <p>One lock guards the keyset and every change of an installation, so that all of them get the same rings in the same
 * order. It is never held while the source is read.
 */
final class CurrentRing {
    private final String source;
    private final InstantSource clock;
    private final RingLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Installations installations = new Installations();

    private Keyset keyset;
    // Also read without the lock.
    private volatile boolean closed;
    private volatile KeyRing ring = KeyRing.EMPTY;

    /** @param source of the keyset, as logs and messages name it */
    CurrentRing(String source, Keyset keyset, InstantSource clock) {
        this.source = source;
        this.keyset = keyset;
        this.clock = clock;
        this.log = new RingLog(source);
    }

    KeyRing ring() {
        return ring;
    }

    /** For their counts and faults. Only this class changes them. */
    Installations installations() {
        return installations;
    }

    boolean isClosed() {
        return closed;
    }

    boolean has(KeyName name) {
        return ring.known().stream().map(TicketKey::name).anyMatch(name::equals);
    }

    /** When the ring next changes with time. */
    Optional<Instant> nextChange() {
        lock.lock();
        try {
            return closed ? Optional.empty() : keyset.nextChangeAfter(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    Optional<Instant> lastRetirement() {
        lock.lock();
        try {
            return closed ? Optional.empty() : KeysetLifecycle.lastRetirement(keyset);
        } finally {
            lock.unlock();
        }
    }

    /** When {@link #update} is next due: when the ring changes, and {@code lead} before each activation. */
    Optional<Instant> nextUpdate(Duration lead) {
        lock.lock();
        try {
            return closed ? Optional.empty() : KeysetLifecycle.nextRingUpdate(keyset, clock.instant(), lead);
        } finally {
            lock.unlock();
        }
    }

    /** Applies the ring to {@code installation}, and adds it if its engine takes the ring. */
    void register(Installation installation) throws InstallationException {
        lock.lock();
        try {
            if (closed) {
                throw new InstallationException("the ticket key manager of " + source + " is closed");
            }
            installation.apply(ring);
            installations.add(installation);
        } finally {
            lock.unlock();
        }
    }

    void unregister(Installation installation) {
        lock.lock();
        try {
            installations.remove(installation);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Activates, retires and destroys the keys that are due.
     *
     * @return whether keys are missing that are needed again, so that the source has to give them once more
     */
    boolean update() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Instant now = clock.instant();
            KeyRing next = keyset.ringAt(now);
            if (!next.sameAs(ring)) {
                change(next, now);
            }
            installations.maintain(ring);
            boolean keysAreMissing = KeysetLifecycle.hasMissingKeys(keyset, now);
            KeysetLifecycle.wipeEndedKeys(keyset, now);
            return keysAreMissing;
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the keyset by {@code loaded}, and wipes the old one. Does nothing after {@link #close}. */
    void replaceKeyset(Keyset loaded, Instant now) {
        lock.lock();
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
            lock.unlock();
        }
    }

    /** Whether {@code other} is the current keyset. For the thread that replaces it, and only one at a time does. */
    boolean isOf(Keyset other) {
        return keyset == other;
    }

    /** Removes the keys from every installation and wipes them. */
    void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                ring = KeyRing.EMPTY;
                installations.apply(ring);
                keyset.destroy();
                log.closed();
            }
        } finally {
            lock.unlock();
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
