package dev.gangway.internal.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of one ticket key.
 *
 * <pre>
 *   acceptFrom        activateAt            retireAt             destroyAt
 *       |  accept-only    |  seals and opens    |   accept-only      |  gone
 * </pre>
 *
 * <p>It opens tickets in [{@code acceptFrom}, {@code destroyAt}) and seals new ones in [{@code activateAt}, {@code
 * retireAt}). {@code destroyAt - retireAt} must be at least the ticket lifetime, so that the last ticket that the key
 * sealed is accepted for its whole lifetime.
 */
public record KeyTimes(Instant acceptFrom, Instant activateAt, Instant retireAt, Instant destroyAt) {
    /** @throws IllegalArgumentException if the four instants are not in order, or the key would never seal */
    public KeyTimes {
        if (acceptFrom.isAfter(activateAt)) {
            throw new IllegalArgumentException("accept-from " + acceptFrom + " is after activate-at " + activateAt
                    + ": a key cannot seal tickets" + " before it is accepted");
        }
        if (!activateAt.isBefore(retireAt)) {
            throw new IllegalArgumentException("activate-at " + activateAt + " is not before retire-at " + retireAt);
        }
        if (retireAt.isAfter(destroyAt)) {
            throw new IllegalArgumentException("retire-at " + retireAt + " is after destroy-at " + destroyAt);
        }
    }

    public boolean opensAt(Instant now) {
        return !now.isBefore(acceptFrom) && now.isBefore(destroyAt);
    }

    public boolean sealsAt(Instant now) {
        return !now.isBefore(activateAt) && now.isBefore(retireAt);
    }

    /** How long the key opens tickets after it retires: the longest ticket lifetime that this key allows. */
    public Duration decryptOnlyPeriod() {
        return Duration.between(retireAt, destroyAt);
    }
}
