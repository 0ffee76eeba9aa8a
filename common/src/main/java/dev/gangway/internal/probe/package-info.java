/**
 * A TLS client that keeps its tickets, shows them to other nodes, and determines from the bytes on the wire whether they
 * were accepted. It uses the JDK's TLS, and works with any server.
 */
package dev.gangway.internal.probe;
