package dev.gangway.internal.manager;

import dev.gangway.internal.manager.ManagerStatus.State;
import java.util.Objects;
import java.util.Optional;

/**
 * How the server of a manager uses its keys.
 *
 * @param state the best state that the manager may report: {@link State#SHARING} if the whole server shares tickets
 * @param fault the reason if the state is not {@link State#SHARING}; otherwise empty
 */
public record Serving(State state, Optional<String> fault) {
    /** All connectors of the server share tickets. */
    public static final Serving ALL = new Serving(State.SHARING, Optional.empty());

    public Serving {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(fault, "fault");
    }

    /** A part of the server does not share tickets, for the reason {@code fault}. */
    public static Serving lacking(State state, String fault) {
        return new Serving(state, Optional.of(fault));
    }
}
