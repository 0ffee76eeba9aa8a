package dev.gangway.examples.bench.server;

/** How a measured server does its TLS. */
enum Kind {
    /** The container as it comes. */
    STOCK,
    /** Gangway's keys, and engines without the watch. */
    UNWATCHED,
    /** Gangway as it is. */
    WATCHED
}
