package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a server can use a keyset. */
public final class UsableKeys {
    private UsableKeys() {}

    /** @throws KeySourceException naming everything that is wrong */
    public static void require(Keyset keyset, TicketPolicy policy, String source, Instant now)
            throws KeySourceException {
        List<String> wrong = new ArrayList<>();
        if (keyset.ringAt(now).active().isEmpty()) {
            wrong.add("no key is active at " + now + "; add an active key, or correct this machine's clock");
        }
        wrong.addAll(KeyLimits.violations(policy, keyset, now));
        if (!wrong.isEmpty()) {
            throw new KeySourceException("keys " + source + " cannot be used: " + String.join("; also: ", wrong));
        }
    }
}
