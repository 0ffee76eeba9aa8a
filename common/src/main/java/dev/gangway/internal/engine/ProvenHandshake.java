package dev.gangway.internal.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * A kind of handshake that a proof went through: one that another client can have, too.
 *
 * @param protocol the protocol version, {@code TLSv1.3} or {@code TLSv1.2}
 * @param serverName the server name (SNI) the server wanted, if it wanted one
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
