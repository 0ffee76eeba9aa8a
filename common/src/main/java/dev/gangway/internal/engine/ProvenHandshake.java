package dev.gangway.internal.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * A kind of handshake that succeeded in the proof, so that other clients can do it too.
 *
 * @param protocol the protocol version, {@code TLSv1.3} or {@code TLSv1.2}
 * @param serverName the server name (SNI) that the server requires, if any
 */
public record ProvenHandshake(String protocol, Optional<String> serverName) {
    public ProvenHandshake {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(serverName, "serverName");
    }

    /** The same, with another server name. */
    public ProvenHandshake withServerName(Optional<String> other) {
        return new ProvenHandshake(protocol, other);
    }
}
