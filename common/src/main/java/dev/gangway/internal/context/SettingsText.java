package dev.gangway.internal.context;

import dev.gangway.KeySource;
import dev.gangway.TicketSettings;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.ScopeName;

/**
 * Settings as an operator writes them, in XML or in a properties file. A container extension keeps them as text until
 * the server starts, so that a start with a wrong value fails with a message that names it; containers do not report an
 * exception from a setter that way.
 *
 * @param keys the key source; null if it is not set
 * @param keySource the application's own key source; null if it is not set
 */
public record SettingsText(
        String keys,
        KeySource keySource,
        String engine,
        String ticketLifetime,
        String pollInterval,
        String scope,
        String checkClientCertificates) {
    /** The defaults, without keys, which have no default. */
    public static final SettingsText DEFAULT = of(TicketSettings.DEFAULT).withKeys(null);

    /** {@code settings} as an operator writes them. */
    public static SettingsText of(TicketSettings settings) {
        return new SettingsText(
                settings.keySource().isPresent() ? null : settings.keys(),
                settings.keySource().orElse(null),
                settings.engine(),
                Durations.format(settings.ticketLifetime()),
                Durations.format(settings.pollInterval()),
                settings.scope(),
                String.valueOf(settings.checkClientCertificates()));
    }

    /**
     * Parses the settings.
     *
     * @param owner the name, in messages, of the object that has the settings
     * @throws IllegalStateException if no keys are set, or two sources of keys
     * @throws IllegalArgumentException naming the first setting that is not understood, its value and the way out
     */
    public TicketSettings parse(String owner) {
        if (keys == null && keySource == null) {
            throw new IllegalStateException(
                    "'keys' is not set on " + owner + ": set the key source, such as file:/etc/gangway/keys");
        }
        if (keys != null && keySource != null) {
            throw new IllegalStateException("both 'keys' and 'keySource' are set on " + owner
                    + ": only one source of keys is possible; remove one of them");
        }
        if (engine == null) {
            throw new IllegalArgumentException(Engines.unknown(engine, Engines.NAMES));
        }
        ScopeName.require(scope);
        TicketSettings settings = keySource == null ? TicketSettings.ofKeys(keys) : TicketSettings.ofKeys(keySource);
        return settings.withEngine(engine)
                .withTicketLifetime(Durations.parse("ticketLifetime", ticketLifetime))
                .withPollInterval(Durations.parse("pollInterval", pollInterval))
                .withScope(scope)
                .withCheckClientCertificates(BooleanSetting.parse("checkClientCertificates", checkClientCertificates));
    }

    // For the setters of container extensions.

    public SettingsText withKeys(String value) {
        return new SettingsText(value, keySource, engine, ticketLifetime, pollInterval, scope, checkClientCertificates);
    }

    public SettingsText withKeySource(KeySource value) {
        return new SettingsText(keys, value, engine, ticketLifetime, pollInterval, scope, checkClientCertificates);
    }

    public SettingsText withEngine(String value) {
        return new SettingsText(keys, keySource, value, ticketLifetime, pollInterval, scope, checkClientCertificates);
    }

    public SettingsText withTicketLifetime(String value) {
        return new SettingsText(keys, keySource, engine, value, pollInterval, scope, checkClientCertificates);
    }

    public SettingsText withPollInterval(String value) {
        return new SettingsText(keys, keySource, engine, ticketLifetime, value, scope, checkClientCertificates);
    }

    public SettingsText withScope(String value) {
        return new SettingsText(keys, keySource, engine, ticketLifetime, pollInterval, value, checkClientCertificates);
    }

    public SettingsText withCheckClientCertificates(String value) {
        return new SettingsText(keys, keySource, engine, ticketLifetime, pollInterval, scope, value);
    }
}
