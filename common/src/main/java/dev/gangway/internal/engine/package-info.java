/**
 * Engines: the TLS implementations that seal and open tickets, and how shared keys are installed in them. Gangway uses
 * the internals of each, so each installation is proven before it is used.
 */
package dev.gangway.internal.engine;
