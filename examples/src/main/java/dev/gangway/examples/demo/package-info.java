/** Compares stock fleets with Gangway fleets, and draws both kinds of handshakes. */
package dev.gangway.examples.demo;
