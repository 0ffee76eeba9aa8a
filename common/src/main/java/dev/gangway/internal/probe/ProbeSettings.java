package dev.gangway.internal.probe;

/**
 * One client that connects to one address again and again.
 *
 * @param connections how many connections it makes, one after the other
 */
public record ProbeSettings(Address target, TlsVersion tls, int connections, ClientSettings client) {
    public ProbeSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("a probe needs at least one connection, not " + connections);
        }
    }

    /** {@code connections} connections to 127.0.0.1. */
    public static ProbeSettings of(int port, TlsVersion tls, int connections) {
        return new ProbeSettings(new Address("127.0.0.1", port), tls, connections, ClientSettings.plain());
    }
}
