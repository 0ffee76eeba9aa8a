/** A plain TCP balancer on the loopback interface that notes what passes through it. Knows nothing of TLS. */
package dev.gangway.examples.relay;
