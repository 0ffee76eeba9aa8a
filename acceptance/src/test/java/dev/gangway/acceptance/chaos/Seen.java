package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.ManagerStatus.State;
import java.time.Instant;

/**
 * The state that a server reports.
 *
 * @param at by its own clock
 * @param fault empty if there is none
 */
record Seen(Instant at, State state, String digest, int brokenInstallations, String fault) {
    private static final String SEPARATOR = "\t";

    static Seen of(ManagerStatus status, Instant at) {
        return new Seen(
                at,
                status.state(),
                status.ringDigest(),
                status.brokenInstallations(),
                status.fault().orElse(""));
    }

    String toLine() {
        return String.join(
                SEPARATOR,
                at.toString(),
                state.name(),
                digest,
                String.valueOf(brokenInstallations),
                fault.replaceAll("\\s", " "));
    }

    static Seen ofLine(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        return new Seen(
                Instant.parse(parts[0]), State.valueOf(parts[1]), parts[2], Integer.parseInt(parts[3]), parts[4]);
    }
}
