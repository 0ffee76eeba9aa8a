package dev.gangway.internal.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/**
 * How a probe's clients connect.
 *
 * @param serverName the server name (SNI) that is sent to every node
 * @param certificate for servers that ask for a client certificate; empty if there is none to show
 * @param limit how long one connection may take
 */
public record ClientSettings(Optional<String> serverName, List<KeyManager> certificate, Duration limit) {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    public ClientSettings {
        certificate = List.copyOf(certificate);
    }

    /** No server name, no certificate. */
    public static ClientSettings plain() {
        return new ClientSettings(Optional.empty(), List.of(), DEFAULT_LIMIT);
    }

    public ClientSettings withServerName(String name) {
        return new ClientSettings(Optional.of(name), certificate, limit);
    }

    public ClientSettings withCertificate(List<KeyManager> managers) {
        return new ClientSettings(serverName, managers, limit);
    }

    public ClientSettings withLimit(Duration newLimit) {
        return new ClientSettings(serverName, certificate, newLimit);
    }
}
