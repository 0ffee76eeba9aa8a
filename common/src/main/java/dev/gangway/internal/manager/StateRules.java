package dev.gangway.internal.manager;

import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.manager.ManagerStatus.State;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives the state of a manager that is not closed. */
final class StateRules {
    private StateRules() {}

    /**
     * @param fault why the keys are not renewed; empty if they are
     * @param broken how many TLS contexts did not take the ring
     */
    static State ofKeys(KeyRing ring, Optional<String> fault, int broken) {
        if (ring.active().isEmpty()) {
            return State.NOT_SHARING;
        }
        if (broken > 0) {
            return State.INSTALLATION_BROKEN;
        }
        return fault.isPresent() ? State.KEEPING_LAST_GOOD_KEYS : State.SHARING;
    }

    /** @param ofContexts why TLS contexts did not take the ring; empty if all did */
    static Optional<String> faultOfRing(KeyRing ring, String source, Optional<String> ofContexts) {
        Optional<String> noKey = ring.active().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "no key of " + source + " is active, so each node seals tickets with random keys of its own:"
                                + " add an active key ('keys rotate' for a key file), or correct this machine's clock");
        return join(noKey, ofContexts);
    }

    static State worse(State one, State other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Both faults as one text. */
    static Optional<String> join(Optional<String> one, Optional<String> other) {
        String all = Stream.concat(one.stream(), other.stream()).collect(Collectors.joining("; also: "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
