package dev.gangway.internal.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All keys a source knows of, and the rule that makes a {@link KeyRing} of them at an instant. Immutable. */
public sealed interface Keyset permits ScheduledKeyset, OrderedKeyset {
    /** Every key, dead ones included. */
    List<TicketKey> keys();

    /** The ring at {@code now}: a pure function of the keys and the instant. */
    KeyRing ringAt(Instant now);

    /** The first instant after {@code now} at which {@link #ringAt} gives another ring, if there is one. */
    Optional<Instant> nextChangeAfter(Instant now);

    /** Wipes every key's secret. */
    default void destroy() {
        keys().forEach(key -> key.secret().destroy());
    }
}
