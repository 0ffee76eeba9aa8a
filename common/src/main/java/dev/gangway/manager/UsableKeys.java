package dev.gangway.manager;

import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.KeyLimits;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.TicketPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a manager can work with a keyset. */
public final class UsableKeys {
    private UsableKeys() {}

    /** @throws KeyFileException saying everything that is wrong */
    public static void require(Keyset keyset, TicketPolicy policy, String source, Instant now) throws KeyFileException {
        List<String> wrong = new ArrayList<>();
        if (keyset.ringAt(now).active().isEmpty()) {
            wrong.add("no key is active at " + now + "; add one that is, or correct this machine's clock");
        }
        wrong.addAll(KeyLimits.brokenBy(policy, keyset, now));
        if (!wrong.isEmpty()) {
            throw new KeyFileException("keys " + source + " cannot be used: " + String.join("; also: ", wrong));
        }
    }
}
