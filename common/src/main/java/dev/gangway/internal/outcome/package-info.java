/** What became of each handshake and of the ticket in it, as seen on the wire, and how often. */
package dev.gangway.internal.outcome;
