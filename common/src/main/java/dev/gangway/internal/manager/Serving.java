package dev.gangway.internal.manager;

import dev.gangway.internal.manager.ManagerStatus.State;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of the keys of one manager in the server they are for.
 *
 * @param state the best that may be said of it: {@link State#SHARING} if all of the server shares tickets
 * @param fault why it is no better; empty if it is the best
 */
public record Serving(State state, Optional<String> fault) {
    /** All connectors of the server share tickets. */
    public static final Serving ALL = new Serving(State.SHARING, Optional.empty());

    public Serving {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(fault, "fault");
    }

    /** Not all of the server shares tickets, for the reason {@code fault}. */
    public static Serving lacking(State state, String fault) {
        return new Serving(state, Optional.of(fault));
    }
}
