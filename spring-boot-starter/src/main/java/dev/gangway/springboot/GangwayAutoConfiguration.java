package dev.gangway.springboot;

import dev.gangway.KeySource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Gives the application's own server shared ticket keys if {@code gangway.keys} is set and the server has TLS. */
@AutoConfiguration
@ConditionalOnWebApplication
@EnableConfigurationProperties(GangwayProperties.class)
class GangwayAutoConfiguration {
    @Bean
    GangwaySettings gangwaySettings(
            Environment environment, GangwayProperties properties, ObjectProvider<KeySource> keySource) {
        return new GangwaySettings(
                environment, properties, keySource.orderedStream().findFirst());
    }

    @Bean
    RunningServers gangwayServers() {
        return new RunningServers();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ConfigurableTomcatWebServerFactory.class, org.apache.catalina.Server.class})
    static class OnTomcat {
        @Bean
        TomcatCustomizer gangwayTomcatCustomizer(GangwaySettings settings) {
            return new TomcatCustomizer(settings, WithoutTls.LOGGED);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ConfigurableJettyWebServerFactory.class, org.eclipse.jetty.server.Server.class})
    static class OnJetty {
        @Bean
        JettyCustomizer gangwayJettyCustomizer(GangwaySettings settings) {
            return new JettyCustomizer(settings, WithoutTls.LOGGED);
        }
    }
}
