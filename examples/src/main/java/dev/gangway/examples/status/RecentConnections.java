package dev.gangway.examples.status;

import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.RelayedConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest connections through a relay, both open and closed. */
public final class RecentConnections implements RelayListener {
    /** The maximum number of connections. */
    public static final int KEPT = 50;

    private final InstantSource clock;
    private final Deque<Opened> newestFirst = new ArrayDeque<>();

    public RecentConnections() {
        this(InstantSource.system());
    }

    RecentConnections(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void opened(RelayedConnection connection) {
        newestFirst.addFirst(new Opened(connection, clock.instant()));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    synchronized List<Opened> newestFirst() {
        return List.copyOf(newestFirst);
    }

    synchronized Optional<Opened> withId(long id) {
        return newestFirst.stream()
                .filter(opened -> opened.connection().id() == id)
                .findFirst();
    }

    /** @param at the time when the connection was opened */
    record Opened(RelayedConnection connection, Instant at) {}
}
