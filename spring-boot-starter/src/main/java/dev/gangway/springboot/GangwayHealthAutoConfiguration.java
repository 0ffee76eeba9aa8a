package dev.gangway.springboot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** The health component {@code gangway}. */
@AutoConfiguration(
        after = GangwayAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnClass({HealthIndicator.class, HealthContributorAutoConfiguration.class})
@ConditionalOnEnabledHealthIndicator("gangway")
@Conditional(OnKeys.class)
class GangwayHealthAutoConfiguration {
    @Bean
    GangwayHealthIndicator gangwayHealthIndicator(RunningServers servers) {
        return new GangwayHealthIndicator(servers);
    }
}
