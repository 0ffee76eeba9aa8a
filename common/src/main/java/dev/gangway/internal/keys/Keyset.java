package dev.gangway.internal.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All keys of a source, and the rule that makes a {@link KeyRing} of them for an instant. Immutable. */
public sealed interface Keyset permits ScheduledKeyset, OrderedKeyset {
    /** Every key, including destroyed ones. */
    List<TicketKey> keys();

    /** The ring at {@code now}, which depends on the keys and the instant only. */
    KeyRing ringAt(Instant now);

    /** The first instant after {@code now} at which {@link #ringAt} returns another ring, if there is one. */
    Optional<Instant> nextChangeAfter(Instant now);

    /** Wipes every key's secret. */
    default void destroy() {
        keys().forEach(key -> key.secret().destroy());
    }
}
