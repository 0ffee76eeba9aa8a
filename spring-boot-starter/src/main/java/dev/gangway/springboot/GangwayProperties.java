package dev.gangway.springboot;

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
        String requestAttributes) {}
