package dev.gangway.examples.relay;

/** Is told of the connections of a relay, by the threads that serve them. */
public interface RelayListener {
    /** Before the first byte passes. */
    default void opened(RelayedConnection connection) {}

    /** After the last byte has passed. */
    default void closed(RelayedConnection connection) {}
}
