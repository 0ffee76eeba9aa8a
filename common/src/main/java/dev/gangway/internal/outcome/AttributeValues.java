package dev.gangway.internal.outcome;

import dev.gangway.TicketAttributes;
import dev.gangway.internal.keys.KeyName;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The values of {@link TicketAttributes} for one connection. */
public final class AttributeValues {
    private AttributeValues() {}

    /** The attribute of this name, or null if there is none. */
    public static Object valueOf(String name, ObservedHandshake seen) {
        return switch (name) {
            case TicketAttributes.RESUMED -> seen.outcome().isResumed();
            case TicketAttributes.OUTCOME ->
                seen.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case TicketAttributes.TICKET_KEY ->
                seen.key().map(KeyName::shortForm).orElse(null);
            case TicketAttributes.TICKET_AGE ->
                seen.ticketAge().map(Duration::toSeconds).orElse(null);
            case TicketAttributes.AUTHENTICATION_AGE ->
                seen.authenticationAge().map(Duration::toSeconds).orElse(null);
            default -> null;
        };
    }

    /** Passes each attribute that has a value to {@code setter}. */
    public static void forEach(ObservedHandshake seen, BiConsumer<String, Object> setter) {
        for (String name : TicketAttributes.NAMES) {
            Object value = valueOf(name, seen);
            if (value != null) {
                setter.accept(name, value);
            }
        }
    }
}
