package dev.gangway.acceptance.distribution;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One running container of a fleet.
 *
 * @param process it
 * @param port of its TLS connector, on 127.0.0.1
 * @param keyFile its own copy of the fleet's key file
 */
record DistributionNode(DistributionProcess process, int port, Path keyFile) implements AutoCloseable {
    /** Replaces its key file, as an operator's distribution of keys does. */
    void replaceKeys(List<TicketKey> keys) throws IOException {
        KeyFileWriter.writeKeyset(keyFile, keys);
    }

    @Override
    public void close() {
        process.close();
    }
}
