package dev.gangway.examples.probe;

/**
 * What a probe is to do.
 *
 * @param connections how many connections each client makes, one after the other
 * @param clients how many clients there are, side by side, each with its own tickets
 */
public record ProbeSettings(String host, int port, TlsVersion tls, int connections, int clients) {
    public ProbeSettings {
        if (connections < 1 || clients < 1) {
            throw new IllegalArgumentException(
                    "a probe needs at least one connection and one client, not " + connections + " and " + clients);
        }
    }

    /** One client that makes {@code connections} connections to 127.0.0.1. */
    public static ProbeSettings of(int port, TlsVersion tls, int connections) {
        return new ProbeSettings("127.0.0.1", port, tls, connections, 1);
    }

    public ProbeSettings withClients(int newClients) {
        return new ProbeSettings(host, port, tls, connections, newClients);
    }
}
