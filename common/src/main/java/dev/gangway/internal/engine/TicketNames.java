package dev.gangway.internal.engine;

import dev.gangway.internal.keys.KeyName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key names in tickets of one installation (RFC 5077 section 4), and the keys they stand for. Names of destroyed
 * keys are kept, so that a late ticket is reported as one of a destroyed key, not of an unknown key. Immutable, and
 * holds no secrets.
 */
public final class TicketNames {
    /** Without any name. */
    public static final TicketNames NONE = new TicketNames(Map.of());

    // Enough for weeks of keys, with any sensible rotation period.
    private static final int REMEMBERED = 64;

    private final Map<KeyName, KeyName> keyByTicketName;

    private TicketNames(Map<KeyName, KeyName> keyByTicketName) {
        this.keyByTicketName = keyByTicketName;
    }

    /** These names and {@code present}; the oldest names are dropped beyond the limit. */
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

    /** The key that {@code ticket}, as on the wire, names. */
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        if (ticket.length <= KeyName.LENGTH) {
            return Optional.empty();
        }
        return Optional.ofNullable(keyByTicketName.get(KeyName.of(Arrays.copyOf(ticket, KeyName.LENGTH))))
                .map(TicketSeal::of);
    }
}
