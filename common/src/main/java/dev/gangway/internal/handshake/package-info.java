/** The client side of a TLS handshake in memory, for code that tests a server context. */
package dev.gangway.internal.handshake;
