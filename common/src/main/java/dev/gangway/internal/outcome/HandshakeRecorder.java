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
 * Counts what became of the handshakes of one server. Counts outlive TLS contexts, which a reload replaces, and start from
 * zero with the server.
 */
public final class HandshakeRecorder {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final TicketKeyManager manager;
    private final TicketsOfLaterKeys aheadOfKey = new TicketsOfLaterKeys();
    private final Map<Place, OutcomeCounters> tallies = new ConcurrentHashMap<>();
    private final List<ScopeListener> listeners = new CopyOnWriteArrayList<>();

    /** Is told where handshakes are counted. */
    public interface ScopeListener {
        /** A TLS context of this engine and scope has been made; it has not served yet. May be told again. */
        void onScope(String engine, String scope);
    }

    /** @param manager tells which key of which time sealed a ticket */
    public HandshakeRecorder(TicketKeyManager manager) {
        this.manager = manager;
    }

    /** The key manager of the same server. */
    public TicketKeyManager manager() {
        return manager;
    }

    /**
     * What observes the engines of one TLS context, in which {@code installation} is.
     *
     * @param mode the client-auth mode without which an engine takes and issues no tickets
     */
    public ContextObserver observe(TicketEngine engine, Scope scope, Installation installation, ClientAuth mode) {
        Place place = new Place(engine.name(), scope.label());
        OutcomeCounters fresh = new OutcomeCounters(place.engine, place.scope);
        OutcomeCounters present = tallies.putIfAbsent(place, fresh);
        if (present == null) {
            listeners.forEach(listener -> tell(listener, place));
        }
        return new ContextObserver(
                engine,
                installation,
                mode,
                new OutcomeRules(installation, manager),
                present == null ? fresh : present,
                aheadOfKey);
    }

    /** Tells {@code listener} of each engine and scope that there is, and from now on of each new one. */
    public void addListener(ScopeListener listener) {
        listeners.add(listener);
        tallies.keySet().forEach(place -> listener.onScope(place.engine, place.scope));
    }

    /** Ends what {@link #addListener} began. */
    public void removeListener(ScopeListener listener) {
        listeners.remove(listener);
    }

    // Whoever listens, the context is made.
    private static void tell(ScopeListener listener, Place place) {
        try {
            listener.onScope(place.engine, place.scope);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Handshakes of scope {0} are missing from some meters: {1}", place.scope, e);
        }
    }

    /** One row for each engine, scope and protocol version that has been seen, in that order. */
    public List<HandshakeCounts> counts() {
        return tallies.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().counts().stream())
                .toList();
    }

    /** The rows of one engine and scope. */
    public List<HandshakeCounts> counts(String engine, String scope) {
        OutcomeCounters tally = tallies.get(new Place(engine, scope));
        return tally == null ? List.of() : tally.counts();
    }

    /**
     * How many handshakes were full because of a key that this node got to know later: its keys come later than those of
     * other nodes. They are counted as {@link HandshakeOutcome#FULL_UNKNOWN_KEY} too. Of unknown keys only so many are remembered,
     * so after a flood of foreign tickets this may miss some.
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
