/** The client side of a TLS handshake in memory, for everything that has to try out a server context. */
package dev.gangway.internal.handshake;
