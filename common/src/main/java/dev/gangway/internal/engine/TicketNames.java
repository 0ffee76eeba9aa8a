package dev.gangway.internal.engine;

import dev.gangway.internal.keys.KeyName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key names that tickets of one installation bear (RFC 5077 section 4), and the keys they stand for. Those of keys that
 * are gone are remembered, so that it can be said of a late ticket that its key is gone, and not foreign. Immutable, and
 * without secrets.
 */
public final class TicketNames {
    /** Of no key. */
    public static final TicketNames NONE = new TicketNames(Map.of());

    // Weeks of keys, for any sensible period.
    private static final int REMEMBERED = 64;

    private final Map<KeyName, KeyName> keyByTicketName;

    private TicketNames(Map<KeyName, KeyName> keyByTicketName) {
        this.keyByTicketName = keyByTicketName;
    }

    /** These names with {@code present} added, without the oldest ones if they are too many. */
    public TicketNames with(Map<KeyName, KeyName> present) {
        Map<KeyName, KeyName> all = new LinkedHashMap<>(keyByTicketName);
        all.keySet().removeAll(present.keySet());
        all.putAll(present);
        all.keySet().stream()
                .limit(Math.max(0, all.size() - REMEMBERED))
                .toList()
                .forEach(all::remove);
        return new TicketNames(all);
    }

    /** The key that {@code ticket}, as it travels on the wire, names. */
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        if (ticket.length <= KeyName.LENGTH) {
            return Optional.empty();
        }
        return Optional.ofNullable(keyByTicketName.get(KeyName.of(Arrays.copyOf(ticket, KeyName.LENGTH))))
                .map(TicketSeal::of);
    }
}
