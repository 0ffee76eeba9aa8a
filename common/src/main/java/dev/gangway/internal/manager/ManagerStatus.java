package dev.gangway.internal.manager;

import dev.gangway.internal.store.StoreStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of a key manager. Contains no secrets.
 *
 * @param source the source of the keys, such as {@code file:/etc/gangway/keys}
 * @param state the summary of all other components
 * @param keys the keys of the ring, the active one first
 * @param ringDigest equal on all nodes that have the same keys in the same roles
 * @param nextChange when the ring will change next; empty if no change is planned
 * @param lastRetirement when the last of the source's keys retires or has retired: from then on no key is active, unless the
 *     source has a new one by then; empty if the keys have no times
 * @param lastGoodLoad when the source last gave usable keys, or confirmed that they are unchanged
 * @param fault why the state is not {@link State#SHARING}; empty if there is no reason
 * @param installations how many engine contexts use the keys of this manager
 * @param brokenInstallations how many of them did not take the current ring
 * @param ticketFormats the different ticket formats of these contexts: nodes share tickets only of equal formats
 * @param store the store and its document, if the keys are in one
 */
public record ManagerStatus(
        String source,
        State state,
        List<KeyStatus> keys,
        String ringDigest,
        Optional<Instant> nextChange,
        Optional<Instant> lastRetirement,
        Instant lastGoodLoad,
        Optional<String> fault,
        int installations,
        int brokenInstallations,
        List<String> ticketFormats,
        Optional<StoreStatus> store) {
    /** In order of severity. */
    public enum State {
        /**
         * Keys are up to date, one is active, every TLS context has it, and all connectors were seen to resume
         * sessions.
         */
        SHARING,
        /** No fault is known, but not all connectors have been tested through their sockets. */
        NOT_TESTED,
        /**
         * Keys are not renewed, usually because of a fault of the source; the last good keys are used until they are
         * destroyed.
         */
        KEEPING_LAST_GOOD_KEYS,
        /**
         * At least one TLS context did not accept the keys: it seals and opens with its earlier keys, or with keys of its
         * own.
         */
        INSTALLATION_BROKEN,
        /** At least one connector of the server speaks TLS and does not share tickets. */
        CONNECTOR_NOT_SHARING,
        /**
         * No key is active, or no TLS context has the keys: engines seal with their own random keys, which no other
         * node has.
         */
        NOT_SHARING,
        /** The manager has been closed. This state is final. */
        CLOSED
    }

    /** Copies the lists. */
    public ManagerStatus {
        keys = List.copyOf(keys);
        ticketFormats = List.copyOf(ticketFormats);
    }

    /** The key that seals now; empty if there is none. */
    public Optional<KeyStatus> activeKey() {
        return keys.stream().filter(key -> key.role() == KeyStatus.Role.ACTIVE).findFirst();
    }
}
