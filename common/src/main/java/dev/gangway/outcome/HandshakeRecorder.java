package dev.gangway.outcome;

import dev.gangway.engine.Installation;
import dev.gangway.engine.TicketEngine;
import dev.gangway.keys.Scope;
import dev.gangway.manager.TicketKeyManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what became of the handshakes of one server. Counts outlive TLS contexts, which a reload replaces, and start from
 * zero with the server.
 */
public final class HandshakeRecorder {
    private final TicketKeyManager manager;
    private final TicketsAheadOfKey aheadOfKey = new TicketsAheadOfKey();
    private final Map<Place, Tally> tallies = new ConcurrentHashMap<>();

    /** @param manager tells which key of which time sealed a ticket */
    public HandshakeRecorder(TicketKeyManager manager) {
        this.manager = manager;
    }

    /** The key manager of the same server. */
    public TicketKeyManager manager() {
        return manager;
    }

    /** What watches the engines of one TLS context, in which {@code installation} is. */
    public ContextWatch watch(TicketEngine engine, Scope scope, Installation installation) {
        Tally tally = tallies.computeIfAbsent(
                new Place(engine.name(), scope.label()), place -> new Tally(place.engine, place.scope));
        return new ContextWatch(engine, new TicketRule(installation, manager), tally, aheadOfKey);
    }

    /** One row for each engine, scope and protocol version that has been seen, in that order. */
    public List<HandshakeCounts> counts() {
        return tallies.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().counts().stream())
                .toList();
    }

    /**
     * How many handshakes were full because of a key that this node got to know later: its keys come later than those of
     * other nodes. They are counted as {@link Outcome#FULL_UNKNOWN_KEY} too. Of unknown keys only so many are remembered,
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
