package dev.gangway.manager;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a key manager is doing. Holds no secrets.
 *
 * @param source where keys come from, such as {@code file:/etc/gangway/keys}
 * @param activeKey short name of the key that seals now; empty if none does, and engines use random keys of their own
 * @param acceptOnlyKeys short names of the keys that only open
 * @param ringDigest equal on all nodes that hold the same keys in the same roles
 * @param lastGoodLoad when the source last gave usable keys, or confirmed that they are unchanged
 * @param fault what is wrong with the source now; empty if nothing is
 * @param installations how many engine contexts follow this manager
 */
public record ManagerStatus(
        String source,
        Optional<String> activeKey,
        List<String> acceptOnlyKeys,
        String ringDigest,
        Instant lastGoodLoad,
        Optional<String> fault,
        int installations) {}
