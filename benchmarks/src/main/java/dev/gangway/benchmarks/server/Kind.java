package dev.gangway.benchmarks.server;

/** Whether a measured server uses Gangway. */
public enum Kind {
    /** The container without Gangway. */
    STOCK,
    /** The container with Gangway. */
    GANGWAY
}
