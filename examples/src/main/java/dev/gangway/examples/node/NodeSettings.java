package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import java.util.Optional;

/**
 * What a node is to be.
 *
 * @param name how it calls itself in its answers
 * @param port where it listens; 0 for any free port
 * @param stock whether it is the container as it comes, without Gangway; {@code gangway} then has no meaning
 * @param gangway where ticket keys come from, and the other settings of Gangway
 * @param keyStore its certificate; empty for a self-made one that nobody shares
 */
public record NodeSettings(
        String name,
        ContainerKind container,
        int port,
        boolean stock,
        TicketSettings gangway,
        Optional<ServerKeyStore> keyStore) {

    /** A Gangway node on any free port, with keys of its own and a certificate of its own. */
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
