package dev.gangway.benchmarks.fleet;

/** How a client connects. */
enum Visit {
    /** Without a ticket. */
    FIRST("full"),
    /** With the newest ticket, to another node than the last time. */
    OTHER_NODE("returns to another node"),
    /** With the newest ticket, always to the same node, as behind a balancer that is sticky. */
    SAME_NODE("returns to the same node");

    private final String label;

    Visit(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
