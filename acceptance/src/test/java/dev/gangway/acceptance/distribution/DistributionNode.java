package dev.gangway.acceptance.distribution;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One running container of a fleet.
 *
 * @param process the container's process
 * @param port of its TLS connector, on 127.0.0.1
 * @param keyFile the node's copy of the fleet's key file
 */
record DistributionNode(DistributionProcess process, int port, Path keyFile) implements AutoCloseable {
    /** Replaces its key file, like the propagation of new keys. */
    void replaceKeys(List<TicketKey> keys) throws IOException {
        KeyFileWriter.writeKeyset(keyFile, keys);
    }

    @Override
    public void close() {
        process.close();
    }
}
