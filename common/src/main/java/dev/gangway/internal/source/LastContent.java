package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import java.util.Arrays;
import java.util.Optional;

/** Detects whether the content of a source has changed since its last keyset. Keeps a digest of the content only. */
final class LastContent {
    private byte[] lastDigest = new byte[0];

    /** Makes a keyset of the content. */
    interface Parser {
        Keyset parse() throws KeySourceException;
    }

    /**
     * The keyset, if {@code digest} differs from the digest of the last call that returned normally; otherwise empty.
     *
     * @param digest of all that determines the keyset; a digest of random secrets reveals nothing about them
     */
    Optional<Keyset> ifChanged(byte[] digest, Parser parser) throws KeySourceException {
        if (Arrays.equals(digest, lastDigest)) {
            return Optional.empty();
        }
        Keyset keyset = parser.parse();
        lastDigest = digest;
        return Optional.of(keyset);
    }

    /** The next call of {@link #ifChanged} returns a keyset even if the digest is the same. */
    void forget() {
        lastDigest = new byte[0];
    }
}
