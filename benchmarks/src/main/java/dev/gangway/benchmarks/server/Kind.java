package dev.gangway.benchmarks.server;

/** How a measured server does its TLS. */
enum Kind {
    /** The container as it comes. */
    STOCK,
    /** The container with Gangway. */
    GANGWAY
}
