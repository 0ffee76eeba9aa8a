package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.tomcat.GangwayListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Micrometer code in docs/monitoring.md, runs it in embedded servers, and compares the table there. */
class MicrometerSnippetsTest {
    private static final String PAGE = "docs/monitoring.md";
    private static final String SECTION = "## Micrometer";

    @TempDir
    Path folder;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Path keyStore;

    @BeforeEach
    void makeKeyStore() throws Exception {
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
    }

    @Test
    void jettyLines_countItsHandshakes() throws Exception {
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStorePath(keyStore.toUri().toString());
        tls.setKeyStorePassword("changeit");
        tls.setKeys("random:");
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, tls);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        tls.attachTo(server);
        try (CompiledSnippet snippet = CompiledSnippet.of(folder, """
                import dev.gangway.jetty.GangwaySslContextFactory;
                import dev.gangway.micrometer.TicketMetrics;
                import io.micrometer.core.instrument.MeterRegistry;
                import org.eclipse.jetty.server.Server;

                public final class Snippet {
                    public static void run(Server server, GangwaySslContextFactory tls, MeterRegistry registry)
                            throws Exception {
                %s
                    }
                }
                """.formatted(lines().get(0)))) {
            snippet.call("run", server, tls, registry);
            connectTwice(connector.getLocalPort());
            assertThat(registry.scrape()).contains(resumed("Jetty"));
        } finally {
            server.stop();
        }
    }

    @Test
    void tomcatLines_countItsHandshakes() throws Exception {
        Tomcat tomcat = tomcat();
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        tomcat.getServer().addLifecycleListener(listener);
        try (CompiledSnippet snippet = CompiledSnippet.of(folder, """
                import dev.gangway.micrometer.TicketMetrics;
                import dev.gangway.tomcat.GangwayListener;
                import io.micrometer.core.instrument.MeterRegistry;
                import org.apache.catalina.startup.Tomcat;

                public final class Snippet {
                    public static void run(Tomcat tomcat, GangwayListener listener, MeterRegistry registry)
                            throws Exception {
                %s
                    }
                }
                """.formatted(lines().get(1)))) {
            snippet.call("run", tomcat, listener, registry);
            connectTwice(tomcat.getConnector().getLocalPort());
            assertThat(registry.scrape()).contains(resumed("Tomcat"));
        } finally {
            tomcat.stop();
            tomcat.destroy();
            // Tomcat leaves this property set for the whole JVM.
            System.clearProperty(Globals.CATALINA_HOME_PROP);
        }
    }

    @Test
    void table_hasExactlyTheMetersThereAre() throws Exception {
        jettyLines_countItsHandshakes();
        String section = MarkdownSnippets.of(PAGE, SECTION).text();

        assertThat(Pattern.compile("(?m)^\\| `(gangway\\.ssl\\.[a-z.]+)` \\|")
                        .matcher(section)
                        .results())
                .extracting(MatchResult::group)
                .extracting(row -> row.replaceAll("[|` ]", ""))
                .containsExactlyInAnyOrderElementsOf(names(registry));
        assertThat(Pattern.compile("gangway_ssl_[a-z_]+").matcher(section).results())
                .extracting(MatchResult::group)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(registry.scrape()).contains("\n" + name + "{"));
    }

    private static Set<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines() throws Exception {
        List<String> blocks = MarkdownSnippets.of(PAGE, SECTION).in("java");
        assertThat(blocks).hasSize(2);
        return blocks;
    }

    private static void connectTwice(int port) throws Exception {
        HttpsClient client = HttpsClient.of("TLSv1.3");
        client.get(port);
        assertThat(client.get(port).resumed()).isTrue();
    }

    // One of the connector's self-test, and one of the client.
    private static String resumed(String name) {
        return "gangway_ssl_handshakes_total{engine=\"jdk\",name=\"" + name
                + "\",outcome=\"resumed-active-key\",protocol=\"TLSv1.3\",scope=\"none\"} 2.0";
    }

    private Tomcat tomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectory(folder.resolve("tomcat")).toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keyStore.toString());
        certificate.setCertificateKeystorePassword("changeit");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        tomcat.setConnector(connector);
        tomcat.addContext("", null);
        return tomcat;
    }
}
