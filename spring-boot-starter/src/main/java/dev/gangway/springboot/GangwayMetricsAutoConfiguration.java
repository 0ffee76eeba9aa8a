package dev.gangway.springboot;

import dev.gangway.micrometer.TicketMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** The meters {@code gangway.ssl.*}. */
@AutoConfiguration(
        after = GangwayAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnClass({MeterRegistry.class, TicketMetrics.class})
@ConditionalOnSingleCandidate(MeterRegistry.class)
@Conditional(OnKeys.class)
class GangwayMetricsAutoConfiguration {
    @Bean
    GangwayMeters gangwayMeters(MeterRegistry registry) {
        return new GangwayMeters(registry);
    }
}
