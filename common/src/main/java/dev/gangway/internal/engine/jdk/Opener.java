package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import java.util.Optional;

/** What opens the tickets with one number. Derives the AES key once, when it is needed. */
final class Opener {
    private final JdkTicketKey key;
    private final Meaning meaning;
    private Optional<PerNumberKey> derived = Optional.empty();
    private boolean isForgotten;

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
    synchronized Optional<PerNumberKey> derived() {
        if (isForgotten) {
            return key.numberedKey(meaning);
        }
        if (derived.isEmpty()) {
            derived = key.numberedKey(meaning);
        }
        return derived;
    }

    /** From now on, the AES key is derived for each call. */
    synchronized void forgetDerived() {
        derived = Optional.empty();
        isForgotten = true;
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
