package dev.gangway.internal.outcome;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.manager.TicketKeyManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts the outcomes of the handshakes of one server. Counts are kept when a reload replaces TLS contexts, and start
 * from zero when the server starts.
 */
public final class HandshakeRecorder {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final TicketKeyManager manager;
    private final TicketsOfLaterKeys aheadOfKey = new TicketsOfLaterKeys();
    private final Map<Place, OutcomeCounters> countersByPlace = new ConcurrentHashMap<>();
    private final List<ScopeListener> listeners = new CopyOnWriteArrayList<>();

    /** Called for each engine and scope in which handshakes are counted. */
    public interface ScopeListener {
        /** A TLS context of this engine and scope has been created; it has not served yet. May be called again. */
        void onScope(String engine, String scope);
    }

    /** @param manager knows the keys that sealed the tickets, and their roles */
    public HandshakeRecorder(TicketKeyManager manager) {
        this.manager = manager;
    }

    /** The key manager of the same server. */
    public TicketKeyManager manager() {
        return manager;
    }

    /**
     * Creates the observer for the engines of one TLS context, which contains {@code installation}.
     *
     * @param mode the client-auth mode; in any other mode an engine accepts and issues no tickets
     */
    public ContextObserver observe(TicketEngine engine, Scope scope, Installation installation, ClientAuth mode) {
        Place place = new Place(engine.name(), scope.label());
        OutcomeCounters fresh = new OutcomeCounters(place.engine, place.scope);
        OutcomeCounters present = countersByPlace.putIfAbsent(place, fresh);
        if (present == null) {
            listeners.forEach(listener -> notifyListener(listener, place));
        }
        return new ContextObserver(
                engine,
                installation,
                mode,
                new OutcomeRules(installation, manager),
                present == null ? fresh : present,
                aheadOfKey);
    }

    /** Calls {@code listener} for each known engine and scope, and from now on for each new one. */
    public void addListener(ScopeListener listener) {
        listeners.add(listener);
        countersByPlace.keySet().forEach(place -> listener.onScope(place.engine, place.scope));
    }

    /** Stops calling {@code listener}. */
    public void removeListener(ScopeListener listener) {
        listeners.remove(listener);
    }

    // An exception in a listener must not prevent the creation of a context.
    private static void notifyListener(ScopeListener listener, Place place) {
        try {
            listener.onScope(place.engine, place.scope);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Handshakes of scope {0} are missing from some meters: {1}", place.scope, e);
        }
    }

    /** One row for each engine, scope and protocol version seen so far, in that order. */
    public List<HandshakeCounts> counts() {
        return countersByPlace.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().counts().stream())
                .toList();
    }

    /** The rows of one engine and scope. */
    public List<HandshakeCounts> counts(String engine, String scope) {
        OutcomeCounters counters = countersByPlace.get(new Place(engine, scope));
        return counters == null ? List.of() : counters.counts();
    }

    /**
     * How many handshakes were full because of a key that this node received only later: it gets its keys later than
     * other nodes. They are counted as {@link HandshakeOutcome#FULL_UNKNOWN_KEY} too. The number of unknown keys that
     * are remembered is limited, so after many foreign tickets this count may be too low.
     */
    public long aheadOfKey() {
        return aheadOfKey.count();
    }

    private record Place(String engine, String scope) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::engine).thenComparing(Place::scope);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
