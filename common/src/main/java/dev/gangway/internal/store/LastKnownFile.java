package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SecretFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/**
 * The copy of the last document on disk. The server works without it, so a failure to write it is logged once, and it is
 * written again at the next poll; so it is if somebody removes it.
 *
 * <p>A file that cannot be read, or is not a copy of this document, is never replaced: the setting may name another file
 * by mistake, or somebody may have put one there. So the file is examined before each write.
 */
final class LastKnownFile {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final SecretFile file;
    private final DocumentCipher cipher;
    private Optional<byte[]> saved = Optional.empty();
    private String warnedOf = "";
    private boolean hasFailed;

    LastKnownFile(SecretFile file, DocumentCipher cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    /** Starts {@code next} with the document in the file, if there is one that can be used. */
    void recall(SharedKeyset next) {
        Optional<byte[]> content;
        try {
            content = examine();
        } catch (KeySourceException e) {
            warn(e.getMessage());
            return;
        }
        if (content.isEmpty()) {
            return;
        }
        try {
            next.remember(content.get());
            saved = content;
        } catch (KeySourceException e) {
            LOG.log(
                    Level.WARNING,
                    "The last known document in {0} cannot be used, and is replaced when the store answers: {1}",
                    file.path(),
                    e.getMessage());
        }
    }

    void save(byte[] content) {
        if (saved.filter(old -> Arrays.equals(old, content)).isPresent() && Files.exists(file.path())) {
            return;
        }
        if (isReplaceable()) {
            write(content);
        }
    }

    private boolean isReplaceable() {
        try {
            examine();
            return true;
        } catch (KeySourceException e) {
            warn(e.getMessage());
            return false;
        }
    }

    private void write(byte[] content) {
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
                        file.path(),
                        e.getMessage());
            }
        }
    }

    /**
     * The document of this name in the file, whoever encrypted it; empty if there is none.
     *
     * @throws KeySourceException if the file may not be replaced
     */
    private Optional<byte[]> examine() throws KeySourceException {
        return isMissingOrEmpty() ? Optional.empty() : Optional.of(requireCopy(SafeFileReader.read(file)));
    }

    /** Wipes {@code content} if it is not a copy of this document: the file may be that of a key. */
    byte[] requireCopy(byte[] content) throws KeySourceException {
        if (!cipher.isOfThisName(content)) {
            Arrays.fill(content, (byte) 0);
            throw new KeySourceException(file + " is not a copy of the document '" + cipher.documentName()
                    + "'; remove it, or give another path in 'lastKnown'");
        }
        return content;
    }

    private boolean isMissingOrEmpty() {
        try {
            return !Files.exists(file.path()) || (Files.isRegularFile(file.path()) && Files.size(file.path()) == 0);
        } catch (IOException e) {
            // Reading it tells the reason.
            return false;
        }
    }

    private void warn(String reason) {
        if (!reason.equals(warnedOf)) {
            warnedOf = reason;
            LOG.log(
                    Level.WARNING,
                    "The file {0} (property lastKnown) is neither used nor replaced, so this node keeps no copy of the"
                            + " store document until that is corrected: {1}",
                    file.path(),
                    reason);
        }
    }
}
