/** What watching handshakes costs: end to end, in embedded servers. */
package dev.gangway.benchmarks.server;
