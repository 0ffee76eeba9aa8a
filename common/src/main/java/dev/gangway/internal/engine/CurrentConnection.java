package dev.gangway.internal.engine;

import java.util.Optional;

/**
 * On which connection this thread's call into a TLS engine is. SunJSSE and OpenSSL ask for ticket keys without saying for
 * which connection; they do so on the thread that called them.
 */
public final class CurrentConnection {
    private static final ThreadLocal<ConnectionTickets> CURRENT = new ThreadLocal<>();

    private CurrentConnection() {}

    /** @return what {@link #leave} must be given back */
    static ConnectionTickets enter(ConnectionTickets tickets) {
        ConnectionTickets outer = CURRENT.get();
        CURRENT.set(tickets);
        return outer;
    }

    static void leave(ConnectionTickets outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** The tickets of the connection that this thread is on, if they are of this type. */
    public static <T extends ConnectionTickets> Optional<T> tickets(Class<T> type) {
        ConnectionTickets current = CURRENT.get();
        return type.isInstance(current) ? Optional.of(type.cast(current)) : Optional.empty();
    }
}
