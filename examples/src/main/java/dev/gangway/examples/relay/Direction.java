package dev.gangway.examples.relay;

/** Which way bytes travel through a relay. */
public enum Direction {
    FROM_CLIENT,
    FROM_SERVER
}
