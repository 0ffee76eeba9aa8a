package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a server can use a keyset. */
public final class UsableKeys {
    private UsableKeys() {}

    /** @throws KeySourceException naming everything that is wrong */
    public static void require(Keyset keyset, TicketPolicy policy, String source, Instant now)
            throws KeySourceException {
        List<String> wrong = new ArrayList<>();
        if (keyset.ringAt(now).active().isEmpty()) {
            wrong.add(noneIsActive(keyset, now) + "; add an active key, or correct this machine's clock");
        }
        wrong.addAll(KeyLimits.violations(policy, keyset, now));
        if (!wrong.isEmpty()) {
            throw new KeySourceException("keys " + source + " cannot be used: " + String.join("; also: ", wrong));
        }
    }

    // Without the present time: a server logs a reason again if its text changes.
    private static String noneIsActive(Keyset keyset, Instant now) {
        Optional<Instant> next =
                times(keyset).map(KeyTimes::activateAt).filter(now::isBefore).min(Comparator.naturalOrder());
        Optional<Instant> last = times(keyset).map(KeyTimes::retireAt).max(Comparator.naturalOrder());
        return next.map(activation -> "no key is active before " + activation)
                .or(() -> last.map(retirement -> "no key is active since " + retirement))
                .orElse("no key is active");
    }

    private static Stream<KeyTimes> times(Keyset keyset) {
        return keyset.keys().stream().flatMap(key -> key.times().stream());
    }
}
