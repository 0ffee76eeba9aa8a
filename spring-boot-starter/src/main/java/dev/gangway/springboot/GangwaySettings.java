package dev.gangway.springboot;

import dev.gangway.KeySource;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.core.env.Environment;

/**
 * The settings of one application: its properties, and its own source of keys if it has one. Knows no class of a
 * container, because the application has only one of them.
 */
final class GangwaySettings {
    private final GangwayProperties properties;
    private final Optional<KeySource> keySource;

    /** @throws IllegalArgumentException if {@code environment} has a setting that does not exist */
    GangwaySettings(Environment environment, GangwayProperties properties, Optional<KeySource> keySource) {
        SettingNames.requireKnown(environment);
        this.properties = properties;
        this.keySource = keySource;
    }

    /** Whether there are keys. Without them the application stays as it is. */
    boolean isOn() {
        return isSet(properties.keys()) || keySource.isPresent();
    }

    GangwayProperties properties() {
        return properties;
    }

    Optional<KeySource> keySource() {
        return keySource;
    }

    /** Calls {@code setter} unless the property is not set; an empty value is as none: {@code gangway.keys=${KEYS:}}. */
    static void set(String value, Consumer<String> setter) {
        if (isSet(value)) {
            setter.accept(value);
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
