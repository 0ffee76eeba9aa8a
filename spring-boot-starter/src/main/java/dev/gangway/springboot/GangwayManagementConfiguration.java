package dev.gangway.springboot;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same for the server of a management port of its own, which is in a context of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class GangwayManagementConfiguration {
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ConfigurableTomcatWebServerFactory.class, org.apache.catalina.Server.class})
    static class OnTomcat {
        @Bean
        TomcatCustomizer gangwayManagementTomcatCustomizer(GangwaySettings settings) {
            return new TomcatCustomizer(settings, WithoutTls.EXPECTED);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ConfigurableJettyWebServerFactory.class, org.eclipse.jetty.server.Server.class})
    static class OnJetty {
        @Bean
        JettyCustomizer gangwayManagementJettyCustomizer(GangwaySettings settings) {
            return new JettyCustomizer(settings, WithoutTls.EXPECTED);
        }
    }
}
