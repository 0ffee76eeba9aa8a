package dev.gangway.examples.cluster;

import java.time.Duration;

/**
 * The settings of a fleet.
 *
 * @param nodes the number of node processes
 * @param port of the balancer; 0 for any free port
 * @param stock whether the nodes are containers without Gangway
 * @param engine the nodes' TLS implementation, {@code jdk} or {@code conscrypt}; ignored for stock nodes
 * @param ticketLifetime how long a ticket may be used; ignored for stock nodes
 */
public record ClusterSettings(
        ContainerMix containers, String engine, int nodes, int port, boolean stock, Duration ticketLifetime) {

    // So short that the key file stays small even if a fleet rotates without a pause.
    private static final Duration DEFAULT_TICKET_LIFETIME = Duration.ofMinutes(2);

    public ClusterSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("a fleet needs at least one node, not " + nodes);
        }
    }

    /** Gangway nodes behind any free port, with a ticket lifetime of two minutes. */
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
