/**
 * A server under handshake load with all kinds of faults: its process is a {@code ChaosServer}, each fault a {@code Mishap}.
 */
package dev.gangway.acceptance.chaos;
