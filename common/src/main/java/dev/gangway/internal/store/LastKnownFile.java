package dev.gangway.internal.store;

import dev.gangway.internal.keyfile.KeyFileWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Writes the copy of the last document. A failure is logged, because the server works without the copy. */
final class LastKnownFile {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private LastKnownFile() {}

    /** @return what needs not be written again */
    static Optional<byte[]> save(Path file, byte[] content, Optional<byte[]> saved) {
        if (saved.filter(old -> Arrays.equals(old, content)).isPresent()) {
            return saved;
        }
        try {
            KeyFileWriter.replace(file, content);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The copy of the store document cannot be written to {0} (property lastKnown), so after a restart"
                            + " while the store is unavailable this node has an older copy or does not start: {1}",
                    file,
                    e.getMessage());
        }
        return Optional.of(content);
    }
}
