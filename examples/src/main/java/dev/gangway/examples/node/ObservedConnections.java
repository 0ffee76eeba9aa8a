package dev.gangway.examples.node;

import dev.gangway.examples.relay.Direction;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.RelayedConnection;
import dev.gangway.internal.wire.Handshake;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of a node, by the remote port that its container sees. */
final class ObservedConnections implements RelayListener {
    private final Map<Integer, RelayedConnection> byRemotePort = new ConcurrentHashMap<>();

    @Override
    public void opened(RelayedConnection connection) {
        byRemotePort.put(connection.upstreamLocalPort(), connection);
    }

    @Override
    public void closed(RelayedConnection connection) {
        byRemotePort.remove(connection.upstreamLocalPort(), connection);
    }

    /** Whether the handshake of this connection was a resumption; empty if the connection is gone. */
    Optional<Boolean> resumed(int remotePort) {
        return Optional.ofNullable(byRemotePort.get(remotePort))
                .map(connection -> Handshake.read(
                        connection.bytes(Direction.FROM_CLIENT), connection.bytes(Direction.FROM_SERVER)))
                .flatMap(Handshake::resumed);
    }
}
