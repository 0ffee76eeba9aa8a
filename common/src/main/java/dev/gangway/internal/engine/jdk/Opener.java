package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import java.util.Optional;

/** What opens the tickets with one number. Derives the AES key once, when it is needed. Not thread-safe. */
final class Opener {
    private final JdkTicketKey key;
    private final Meaning meaning;
    private Optional<PerNumberKey> derived = Optional.empty();

    /** @param meaning what the number encodes */
    Opener(JdkTicketKey key, Meaning meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    JdkTicketKey key() {
        return key;
    }

    Meaning meaning() {
        return meaning;
    }

    /**
     * The AES key of {@link #statelessKey}.
     *
     * @return empty if the ticket key was destroyed before the first call
     */
    Optional<PerNumberKey> derived() {
        if (derived.isEmpty()) {
            derived = key.numberedKey(meaning);
        }
        return derived;
    }

    /**
     * SunJSSE's key object for these tickets.
     *
     * @return empty if the ticket key was destroyed before the first call of {@link #derived}
     */
    Optional<Object> statelessKey() {
        return derived().map(present -> key.statelessKey(meaning, present));
    }
}
