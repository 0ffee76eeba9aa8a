package dev.gangway.examples.relay;

/** The two directions of a relayed connection. */
public enum Direction {
    FROM_CLIENT,
    FROM_SERVER
}
