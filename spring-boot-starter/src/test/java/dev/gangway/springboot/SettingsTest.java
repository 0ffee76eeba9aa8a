package dev.gangway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.KeySource;
import dev.gangway.TicketSettings;
import dev.gangway.springboot.Application.Container;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedKeySource;
import dev.gangway.tomcat.GangwayListener;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SettingsTest {
    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    static class OwnKeys {
        @Bean
        KeySource keySource() {
            byte[] key = new byte[80];
            new SecureRandom().nextBytes(key);
            return new FixedKeySource("vault:ours", key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondConnector {
        @Bean
        WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> secondConnector() {
            return factory -> factory.addServerCustomizers(server -> {
                SslContextFactory.Server first = server.getConnectors()[0]
                        .getConnectionFactory(SslConnectionFactory.class)
                        .getSslContextFactory();
                ServerConnector second = new ServerConnector(
                        server, new SslConnectionFactory(first, "http/1.1"), new HttpConnectionFactory());
                second.setHost("127.0.0.1");
                server.addConnector(second);
            });
        }
    }

    @Test
    void settings_areThoseOfTicketSettingsAndTheListener() {
        TreeSet<String> expected = new TreeSet<>(List.of("request-attributes"));
        for (Method method : TicketSettings.class.getMethods()) {
            if (method.getName().startsWith("with")) {
                String name = method.getName().substring("with".length());
                expected.add(name.replaceAll("(.)([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
            }
        }
        assertThat(SettingNames.ALL).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** What an editor shows as the default of a setting. */
    @Test
    void metadata_hasAllSettingsWithTheirDefaults() throws Exception {
        Map<String, Object> described = new TreeMap<>();
        try (InputStream in = SettingsTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (Object each : (List<?>) JSON.std.mapFrom(in).get("properties")) {
                Map<?, ?> property = (Map<?, ?>) each;
                described.put(String.valueOf(property.get("name")), String.valueOf(property.get("defaultValue")));
            }
        }
        GangwayListener defaults = new GangwayListener();
        assertThat(described)
                .isEqualTo(new TreeMap<>(Map.of(
                        "gangway.keys",
                        "null",
                        "gangway.engine",
                        defaults.getEngine(),
                        "gangway.ticket-lifetime",
                        defaults.getTicketLifetime(),
                        "gangway.poll-interval",
                        defaults.getPollInterval(),
                        "gangway.scope",
                        defaults.getScope(),
                        "gangway.check-client-certificates",
                        "" + defaults.getCheckClientCertificates(),
                        "gangway.request-attributes",
                        "" + defaults.getRequestAttributes(),
                        "management.health.gangway.enabled",
                        "true")));
    }

    @ParameterizedTest
    @EnumSource
    void values_reachTheContainer(Container container) throws Exception {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.put("gangway.keys", "random:");
        properties.put("gangway.ticketLifetime", "90m");
        properties.put("gangway.poll-interval", "3s");
        properties.put("gangway.scope", "partners");
        try (Application application = Application.start(container, properties)) {
            assertThat(application.ticketKeysOf("server").getTicketLifetimeSeconds())
                    .isEqualTo(5400);
            assertThat(application.ticketKeysOf("server").getPollIntervalSeconds())
                    .isEqualTo(3);
            assertThat(application.ticketKeysOf("server").getHandshakes())
                    .anyMatch(row -> row.toString().contains("partners/none"));
        }
    }

    @Test
    void keySource_ofTheApplication_isUsed() {
        try (Application application = Application.start(Container.JETTY, tls(), OwnKeys.class)) {
            assertThat(application.ticketKeysOf("server").getSource()).isEqualTo("vault:ours");
            assertThat(application.hasBean(GangwayHealthIndicator.class)).isTrue();
        }
    }

    /** On Jetty each connector has a TLS configuration of its own, and so ticket keys of its own. */
    @Test
    void ticketKeys_secondConnectorOfJetty_areShownToo() {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.put("gangway.keys", "random:");
        try (Application application = Application.start(Container.JETTY, properties, SecondConnector.class)) {
            assertThat(application.ticketKeys()).containsOnlyKeys("server", "server-2");
            assertThat(application.bean(GangwayHealthIndicator.class).health().getDetails())
                    .containsOnlyKeys("server", "server-2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void application_withoutKeysOrWithoutTls_isNotChanged(Container container) {
        Map<String, Object> withoutKeys = new HashMap<>(tls());
        withoutKeys.put("gangway.keys", "");
        withoutKeys.put("gangway.scope", "partners");
        try (Application application = Application.start(container, withoutKeys)) {
            assertThat(application.ticketKeys()).isEmpty();
            assertThat(application.hasBean(GangwayHealthIndicator.class)).isFalse();
            assertThat(application.hasBean(GangwayMeters.class)).isFalse();
        }
        // The file does not exist, and nobody looks.
        try (Application application = Application.start(container, Map.of("gangway.keys", "file:/no/such/file"))) {
            assertThat(application.ticketKeys()).isEmpty();
            assertThat(application
                            .bean(GangwayHealthIndicator.class)
                            .health()
                            .getStatus()
                            .getCode())
                    .isEqualTo("UNKNOWN");
        }
    }

    @Test
    void setting_thatDoesNotExist_isRefused() {
        assertThatThrownBy(() -> Application.start(Container.TOMCAT, Map.of("gangway.keyz", "random:"))
                        .close())
                .rootCause()
                .hasMessageContaining("there is no setting gangway.keyz; did you mean 'keys'?")
                .hasMessageContaining("gangway.ticket-lifetime");
    }

    @ParameterizedTest
    @EnumSource
    void value_thatIsWrong_endsTheStartWithTheReasonAndAWayOut(Container container) {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.put("gangway.keys", "file:" + folder.resolve("missing"));
        assertThat(analysisOf(container, properties).getDescription()).contains("missing");

        properties.put("gangway.keys", "random:");
        properties.put("gangway.ticket-lifetime", "6 hours");
        assertThat(analysisOf(container, properties).getDescription())
                .contains("ticketLifetime")
                .contains("6 hours");

        properties.put("gangway.ticket-lifetime", "6h");
        properties.put("gangway.request-attributes", "yes");
        if (container == Container.TOMCAT) {
            assertThat(analysisOf(container, properties).getDescription()).contains("requestAttributes 'yes'");
        }
    }

    @Test
    void analysis_ofAMissingFlag_namesTheManifest() {
        Exception failure = new IllegalStateException(
                "outer",
                new IllegalStateException("engine 'jdk' needs the JVM flag"
                        + " --add-opens=java.base/sun.security.ssl=ALL-UNNAMED and this JVM was started without it"));
        assertThat(new GangwayFailureAnalyzer().analyze(failure).getAction())
                .contains("Add-Opens: java.base/sun.security.ssl")
                .contains("JAVA_TOOL_OPTIONS");
        Exception foreign = new IllegalStateException("other");
        foreign.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.example.A", "b", "A.java", 1)});
        assertThat(new GangwayFailureAnalyzer().analyze(foreign)).isNull();
    }

    private static FailureAnalysis analysisOf(Container container, Map<String, Object> properties) {
        try (Application started = Application.start(container, properties)) {
            throw new AssertionError("it has started, on port " + started.port());
        } catch (RuntimeException e) {
            return new GangwayFailureAnalyzer().analyze(e);
        }
    }

    private Map<String, Object> tls() {
        return Application.tls(
                Certificates.write(Certificates.keyStore(Certificates.server("localhost")), folder.resolve("web.p12")));
    }
}
