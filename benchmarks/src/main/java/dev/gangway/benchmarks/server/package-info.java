/** Measures the cost of observing handshakes in connections to embedded servers. */
package dev.gangway.benchmarks.server;
