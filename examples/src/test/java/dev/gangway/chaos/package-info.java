/**
 * A server under handshake load to which everything happens that can: its process is this package's {@code ChaosServer}, what
 * happens are its {@code Mishaps}.
 */
package dev.gangway.chaos;
