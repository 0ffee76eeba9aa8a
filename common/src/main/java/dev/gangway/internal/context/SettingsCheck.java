package dev.gangway.internal.context;

import dev.gangway.TicketSettings;
import dev.gangway.internal.keys.KeyLimits;
import dev.gangway.internal.keys.ScopeName;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;

/** Refuses settings that cannot be used. Reads no file. */
public final class SettingsCheck {
    private SettingsCheck() {}

    /** @throws IllegalArgumentException naming the first wrong setting, its value and the way out */
    public static void require(TicketSettings settings) {
        if (!Engines.NAMES.contains(settings.engine())) {
            throw new IllegalArgumentException(Engines.unknown(settings.engine(), Engines.NAMES));
        }
        TicketPolicy policy = policy(settings);
        KeyLimits.requireKeptBy(policy);
        if (settings.keySource().isEmpty()) {
            KeysSetting.parse(settings.keys(), policy);
        }
        ScopeName.require(settings.scope());
    }

    static TicketPolicy policy(TicketSettings settings) {
        return TicketPolicy.ofLifetime(settings.ticketLifetime()).withPollInterval(settings.pollInterval());
    }
}
