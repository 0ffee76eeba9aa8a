/** Ticket-only TLS session resumption for Apache Tomcat. */
package dev.gangway.tomcat;
