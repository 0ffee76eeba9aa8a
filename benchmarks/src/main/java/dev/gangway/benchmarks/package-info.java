/** Measures the cost of observing handshakes in memory, with JMH. */
package dev.gangway.benchmarks;
