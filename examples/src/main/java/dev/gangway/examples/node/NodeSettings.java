package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import java.util.Optional;

/**
 * The settings of a node.
 *
 * @param name of the node, in its responses
 * @param port that it listens on; 0 for any free port
 * @param stock whether the container has no Gangway; {@code gangway} is ignored then
 * @param gangway the source of ticket keys, and the other settings of Gangway
 * @param keyStore its certificate; empty for a new self-signed one that no other node has
 */
public record NodeSettings(
        String name,
        ContainerKind container,
        int port,
        boolean stock,
        TicketSettings gangway,
        Optional<ServerKeyStore> keyStore) {

    /** A Gangway node on any free port, with random keys and a new certificate. */
    public static NodeSettings of(ContainerKind container) {
        return new NodeSettings(container.toString(), container, 0, false, TicketSettings.DEFAULT, Optional.empty());
    }

    public NodeSettings withName(String newName) {
        return new NodeSettings(newName, container, port, stock, gangway, keyStore);
    }

    public NodeSettings withPort(int newPort) {
        return new NodeSettings(name, container, newPort, stock, gangway, keyStore);
    }

    /** The same node without Gangway. */
    public NodeSettings asStock() {
        return new NodeSettings(name, container, port, true, gangway, keyStore);
    }

    /** @param keys such as {@code file:/path/to/keys} */
    public NodeSettings withKeys(String keys) {
        return withGangway(gangway.withKeys(keys));
    }

    public NodeSettings withGangway(TicketSettings newGangway) {
        return new NodeSettings(name, container, port, stock, newGangway, keyStore);
    }

    public NodeSettings withKeyStore(ServerKeyStore newKeyStore) {
        return new NodeSettings(name, container, port, stock, gangway, Optional.of(newKeyStore));
    }
}
