package dev.gangway.examples.relay;

/** Notified of the connections of a relay, by the threads that serve them. */
public interface RelayListener {
    /** Called before the first byte is forwarded. */
    default void opened(RelayedConnection connection) {}

    /** Called after the last byte is forwarded. */
    default void closed(RelayedConnection connection) {}
}
