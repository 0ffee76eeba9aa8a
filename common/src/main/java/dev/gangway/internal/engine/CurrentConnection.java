package dev.gangway.internal.engine;

import java.util.Optional;

/**
 * The connection for which the current thread calls a TLS engine. SunJSSE and OpenSSL look up ticket keys without
 * naming the connection, but on the thread that called them.
 */
public final class CurrentConnection {
    private static final ThreadLocal<ConnectionTickets> CURRENT = new ThreadLocal<>();

    private CurrentConnection() {}

    /** @return the previous connection's tickets, which must be passed to {@link #leave} */
    static ConnectionTickets enter(ConnectionTickets tickets) {
        ConnectionTickets outer = CURRENT.get();
        CURRENT.set(tickets);
        return outer;
    }

    // Not removed if there is none: it is entered again for each record, and without a value it holds nothing.
    static void leave(ConnectionTickets outer) {
        CURRENT.set(outer);
    }

    /** The tickets of this thread's current connection, if they are of this type. */
    public static <T extends ConnectionTickets> Optional<T> tickets(Class<T> type) {
        ConnectionTickets current = CURRENT.get();
        return type.isInstance(current) ? Optional.of(type.cast(current)) : Optional.empty();
    }
}
