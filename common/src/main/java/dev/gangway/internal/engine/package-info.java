/**
 * Engines: the TLS implementations that seal and open tickets, and how shared keys get into them. Each is reached
 * through its internals, so each installation has to prove itself before it is used.
 */
package dev.gangway.internal.engine;
