package dev.gangway.examples.cluster;

import java.time.Duration;

/**
 * What a fleet is to be.
 *
 * @param nodes how many node processes
 * @param port where the balancer listens; 0 for any free port
 * @param stock whether the nodes are the containers as they come, without Gangway
 * @param engine the nodes' TLS implementation, {@code jdk} or {@code conscrypt}; with stock nodes it has no meaning
 * @param ticketLifetime how long a ticket may be used; with stock nodes it has no meaning
 */
public record ClusterSettings(
        ContainerMix containers, String engine, int nodes, int port, boolean stock, Duration ticketLifetime) {

    // So short that a fleet may rotate without a pause, and its key file stays small.
    private static final Duration DEFAULT_TICKET_LIFETIME = Duration.ofMinutes(2);

    public ClusterSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("a fleet needs at least one node, not " + nodes);
        }
    }

    /** Gangway nodes behind any free port, with tickets that live for two minutes. */
    public static ClusterSettings of(ContainerMix containers, int nodes) {
        return new ClusterSettings(containers, "jdk", nodes, 0, false, DEFAULT_TICKET_LIFETIME);
    }

    /** @param newEngine {@code jdk} or {@code conscrypt} */
    public ClusterSettings withEngine(String newEngine) {
        return new ClusterSettings(containers, newEngine, nodes, port, stock, ticketLifetime);
    }

    public ClusterSettings withPort(int newPort) {
        return new ClusterSettings(containers, engine, nodes, newPort, stock, ticketLifetime);
    }

    /** The same fleet without Gangway. */
    public ClusterSettings asStock() {
        return new ClusterSettings(containers, engine, nodes, port, true, ticketLifetime);
    }

    public ClusterSettings withTicketLifetime(Duration newTicketLifetime) {
        return new ClusterSettings(containers, engine, nodes, port, stock, newTicketLifetime);
    }
}
