package dev.gangway.examples.node;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.examples.relay.TcpRelay;
import java.util.List;

/**
 * A node that accepts connections.
 *
 * <p>Stock containers do not tell an application whether a connection was resumed. So a {@link TcpRelay} listens on the
 * node's port instead of the container. It forwards to the container, and records the first bytes of each connection. The
 * node finds the connection of a request by its remote port, and finds out from the unencrypted hellos whether it was
 * resumed.
 */
public final class RunningNode implements AutoCloseable {
    private final TlsContainer container;
    private final TcpRelay relay;

    private RunningNode(TlsContainer container, TcpRelay relay) {
        this.container = container;
        this.relay = relay;
    }

    /**
     * Starts a node, and returns when it accepts connections.
     *
     * @throws NodeStartException if it does not start, with the reason
     */
    public static RunningNode start(NodeSettings settings) throws NodeStartException {
        try {
            if (settings.keyStore().isPresent()) {
                return start(settings, settings.keyStore().get());
            }
            // Containers read the key store only at start.
            try (TemporaryDirectory directory = TemporaryDirectory.make("gangway-node")) {
                return start(settings, StateDirectory.at(directory.path()).certificate());
            }
        } catch (Exception e) {
            throw NodeStartException.because(e);
        }
    }

    private static RunningNode start(NodeSettings settings, ServerKeyStore keyStore) throws Exception {
        ObservedConnections connections = new ObservedConnections();
        NodeAnswers answers = new NodeAnswers(settings, connections);
        TlsContainer container = switch (settings.container()) {
            case JETTY -> JettyContainer.start(settings, keyStore, answers);
            case TOMCAT -> TomcatContainer.start(settings, keyStore, answers);
        };
        try {
            return new RunningNode(container, TcpRelay.start(settings.port(), List.of(container.port()), connections));
        } catch (Throwable e) {
            container.close();
            throw e;
        }
    }

    /** The port on 127.0.0.1 that it listens on. */
    public int port() {
        return relay.port();
    }

    /** Closes all connections and stops the container. */
    @Override
    public void close() {
        relay.close();
        container.close();
    }
}
