/** Ticket keys and handshakes as Micrometer meters. Needs Micrometer, which nothing else of Gangway does. */
package dev.gangway.micrometer;
