package dev.gangway.internal.store;

import dev.gangway.internal.keyfile.KeyFileWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The copy of the last document on disk. The server works without it, so a failure to write it is logged once, and it is
 * written again at the next poll.
 */
final class LastKnownFile {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private Optional<byte[]> saved = Optional.empty();
    private boolean hasFailed;

    /** @param content what the file already contains */
    void contains(byte[] content) {
        saved = Optional.of(content);
    }

    void save(Path file, byte[] content) {
        if (saved.filter(old -> Arrays.equals(old, content)).isPresent()) {
            return;
        }
        try {
            KeyFileWriter.replace(file, content);
            saved = Optional.of(content);
            hasFailed = false;
        } catch (IOException e) {
            // Not compared with the last one: it contains the name of a temporary file.
            if (!hasFailed) {
                hasFailed = true;
                LOG.log(
                        Level.WARNING,
                        "The copy of the store document cannot be written to {0} (property lastKnown), so after a restart"
                                + " while the store is unavailable this node has an older copy or does not start: {1}",
                        file,
                        e.getMessage());
            }
        }
    }
}
