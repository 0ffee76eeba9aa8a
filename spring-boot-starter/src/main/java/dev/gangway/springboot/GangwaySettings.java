package dev.gangway.springboot;

import dev.gangway.KeySource;
import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.tomcat.GangwayListener;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The settings of one application: its properties, and its own source of keys if it has one. */
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
        return properties.hasKeys() || keySource.isPresent();
    }

    void giveTo(GangwayListener listener) {
        properties.giveTo(listener);
        keySource.ifPresent(listener::setKeySource);
    }

    void giveTo(GangwaySslContextFactory factory) {
        properties.giveTo(factory);
        keySource.ifPresent(factory::setKeySource);
    }
}
