/** Proves, with real handshakes in memory, that an installation does what it should before a server relies on it. */
package dev.gangway.internal.proof;
