/**
 * A server under handshake load to which everything happens that can: its process is a {@code ChaosServer}, what happens is a
 * {@code Mishap}.
 */
package dev.gangway.acceptance.chaos;
