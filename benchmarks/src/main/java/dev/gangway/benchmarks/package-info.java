/** What watching handshakes costs: in memory, with JMH. */
package dev.gangway.benchmarks;
