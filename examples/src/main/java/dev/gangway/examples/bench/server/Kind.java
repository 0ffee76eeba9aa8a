package dev.gangway.examples.bench.server;

/** How a measured server does its TLS. */
enum Kind {
    /** The container as it comes. */
    STOCK,
    /** Gangway's keys, and engines without the watch; see {@link dev.gangway.examples.bench.UnwatchedEngine}. */
    UNWATCHED,
    /** Gangway as it is. */
    WATCHED
}
