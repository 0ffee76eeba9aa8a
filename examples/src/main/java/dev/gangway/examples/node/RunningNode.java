package dev.gangway.examples.node;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.examples.relay.TcpRelay;
import java.util.List;

/**
 * A node that takes traffic.
 *
 * <p>No container tells an application whether a connection was resumed. A node therefore does not let its container
 * listen on the node's port: a {@link TcpRelay} of its own does, forwards to the container, and notes the first bytes of
 * each connection. A request is matched to its connection by the port it comes from, and the node reads the truth from the
 * hellos, which are in clear.
 */
public final class RunningNode implements AutoCloseable {
    private final TlsContainer container;
    private final TcpRelay relay;

    private RunningNode(TlsContainer container, TcpRelay relay) {
        this.container = container;
        this.relay = relay;
    }

    /**
     * Starts a node, and returns when it takes traffic.
     *
     * @throws NodeStartException if it does not start, saying why
     */
    public static RunningNode start(NodeSettings settings) throws NodeStartException {
        try {
            if (settings.keyStore().isPresent()) {
                return start(settings, settings.keyStore().get());
            }
            // Containers read the key store at start only.
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

    /** The port on 127.0.0.1 it listens on. */
    public int port() {
        return relay.port();
    }

    /** Cuts all connections and stops the container. */
    @Override
    public void close() {
        relay.close();
        container.close();
    }
}
