package dev.gangway.springboot;

import dev.gangway.TicketAttributes;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.testing.Certificates;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A running Spring Boot application of one page, which shows the request attributes of Gangway. */
final class Application implements AutoCloseable {
    static final String JETTY_ONLY =
            "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration"
                    + ",org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration";
    static final String TOMCAT_ONLY =
            "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"
                    + ",org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration";

    private final ConfigurableApplicationContext context;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static {
        // Those of the build, which are no settings.
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith("gangway."));
    }

    enum Container {
        TOMCAT,
        JETTY
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Page.class)
    static class Main {}

    @RestController
    static class Page {
        @GetMapping("/")
        String page(HttpServletRequest request) {
            return "resumed=" + request.getAttribute(TicketAttributes.RESUMED) + " outcome="
                    + request.getAttribute(TicketAttributes.OUTCOME);
        }
    }

    /** On free ports, with {@code properties} in addition to those of the container. */
    static Application start(Container container, Map<String, Object> properties, Class<?>... sources) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port",
                0,
                "spring.autoconfigure.exclude",
                container == Container.JETTY ? JETTY_ONLY : TOMCAT_ONLY,
                "spring.main.banner-mode",
                "off",
                "spring.jmx.enabled",
                false,
                "spring.ssl.bundle.watch.file.quiet-period",
                "100ms"));
        all.putAll(properties);
        SpringApplication application = new SpringApplicationBuilder(Main.class)
                .sources(sources)
                .web(WebApplicationType.SERVLET)
                .properties(all)
                .registerShutdownHook(false)
                .build();
        return new Application(application.run());
    }

    /** An SSL bundle whose files are watched, as the server's. */
    static Map<String, Object> tls(Path keyStore) {
        String bundle = "spring.ssl.bundle.jks.web.";
        return Map.of(
                bundle + "keystore.location",
                "file:" + keyStore,
                bundle + "keystore.type",
                "PKCS12",
                bundle + "keystore.password",
                new String(Certificates.PASSWORD),
                bundle + "reload-on-update",
                true,
                "server.ssl.bundle",
                "web");
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    Map<String, TicketKeysMXBean> ticketKeys() {
        return context.getBean(RunningServers.class).ticketKeys();
    }

    TicketKeysMXBean ticketKeysOf(String server) {
        return ticketKeys().get(server);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean hasBean(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    @Override
    public void close() {
        context.close();
    }
}
