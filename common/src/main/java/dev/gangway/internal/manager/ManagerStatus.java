package dev.gangway.internal.manager;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a key manager is doing. Holds no secrets.
 *
 * @param source where keys come from, such as {@code file:/etc/gangway/keys}
 * @param state what all the rest comes to
 * @param keys the keys of the ring, the active one first
 * @param ringDigest equal on all nodes that hold the same keys in the same roles
 * @param nextChange when the ring next changes by the passing of time; empty if it does not
 * @param lastGoodLoad when the source last gave usable keys, or confirmed that they are unchanged
 * @param fault why the state is not better, such as a fault of the source; empty if all is well
 * @param installations how many engine contexts follow this manager
 * @param brokenInstallations how many of them did not take the present ring
 */
public record ManagerStatus(
        String source,
        State state,
        List<KeyStatus> keys,
        String ringDigest,
        Optional<Instant> nextChange,
        Instant lastGoodLoad,
        Optional<String> fault,
        int installations,
        int brokenInstallations) {
    /** From good to bad. */
    public enum State {
        /** Keys are fresh, one is active, every TLS context has it, and all connectors were seen to resume. */
        SHARING,
        /** As far as is known all is well, but not all connectors have been tested through their sockets. */
        NOT_TESTED,
        /** Keys are not renewed, mostly by a fault of the source; the last good ones are in use until their own end. */
        KEEPING_LAST_GOOD_KEYS,
        /** At least one TLS context did not take the keys: it seals and opens with what it had before, or alone. */
        INSTALLATION_BROKEN,
        /** At least one connector of the server speaks TLS and does not share tickets. */
        CONNECTOR_NOT_SHARING,
        /** No key is active, or no TLS context has the keys: engines seal with random keys of their own, which no other node has. */
        NOT_SHARING,
        /** The manager was closed; so for good. */
        CLOSED
    }

    /** Copies the list. */
    public ManagerStatus {
        keys = List.copyOf(keys);
    }

    /** The key that seals now, if any does. */
    public Optional<KeyStatus> activeKey() {
        return keys.stream().filter(key -> key.role() == KeyStatus.Role.ACTIVE).findFirst();
    }
}
