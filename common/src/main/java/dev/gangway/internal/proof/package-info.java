/** Proves, with real handshakes in memory, that an installation works before a server uses it. */
package dev.gangway.internal.proof;
