/** Ticket-only TLS session resumption for Eclipse Jetty. */
package dev.gangway.jetty;
