package dev.gangway.springboot;

import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.tomcat.GangwayListener;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code gangway.*} as an operator writes them; null if they are not set. They are neither parsed nor
 * given defaults here: the listener and the factory have both, so that values mean the same on every container.
 */
@ConfigurationProperties("gangway")
record GangwayProperties(
        String keys,
        String engine,
        String ticketLifetime,
        String pollInterval,
        String scope,
        String checkClientCertificates,
        String requestAttributes) {
    void giveTo(GangwayListener listener) {
        set(keys, listener::setKeys);
        set(engine, listener::setEngine);
        set(ticketLifetime, listener::setTicketLifetime);
        set(pollInterval, listener::setPollInterval);
        set(scope, listener::setScope);
        set(checkClientCertificates, listener::setCheckClientCertificates);
        set(requestAttributes, listener::setRequestAttributes);
    }

    void giveTo(GangwaySslContextFactory factory) {
        set(keys, factory::setKeys);
        set(engine, factory::setEngine);
        set(ticketLifetime, factory::setTicketLifetime);
        set(pollInterval, factory::setPollInterval);
        set(scope, factory::setScope);
        set(checkClientCertificates, factory::setCheckClientCertificates);
    }

    /** An empty value is as none: {@code gangway.keys=${KEYS:}}. */
    boolean hasKeys() {
        return keys != null && !keys.isBlank();
    }

    private static void set(String value, Consumer<String> setter) {
        if (value != null && !value.isBlank()) {
            setter.accept(value);
        }
    }
}
