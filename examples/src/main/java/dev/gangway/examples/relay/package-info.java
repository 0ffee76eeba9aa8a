/** A TCP balancer on the loopback interface that records the bytes it forwards, and does not interpret them. */
package dev.gangway.examples.relay;
