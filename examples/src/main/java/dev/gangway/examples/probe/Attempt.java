package dev.gangway.examples.probe;

/**
 * One connection that came to its proper end.
 *
 * @param handshakeNanos from the TCP connection to the end of the TLS handshake
 */
record Attempt(boolean resumed, long handshakeNanos) {}
