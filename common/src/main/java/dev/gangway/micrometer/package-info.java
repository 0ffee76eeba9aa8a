/** Ticket keys and handshakes as Micrometer meters. Only this package needs Micrometer. */
package dev.gangway.micrometer;
