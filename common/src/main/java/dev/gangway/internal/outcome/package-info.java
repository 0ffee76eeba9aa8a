/** The outcome of each handshake and its ticket, as seen on the wire, and how often each outcome occurred. */
package dev.gangway.internal.outcome;
