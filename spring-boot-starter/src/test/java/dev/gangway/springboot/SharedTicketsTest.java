package dev.gangway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.springboot.Application.Container;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.Certificates.Held;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.HttpsConnection;
import dev.gangway.testing.TicketClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications with TLS and shared ticket keys, as their operator sees them. */
class SharedTicketsTest {
    @TempDir
    Path folder;

    private Path keyFile;
    private Path keyStore;
    private final Map<String, Object> properties = new HashMap<>();

    @Configuration(proxyBeanMethods = false)
    static class Registry {
        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @BeforeEach
    void keysAndCertificate() throws IOException {
        keyFile = folder.resolve("ticket.keys");
        changeKeys();
        keyStore = folder.resolve("web.p12");
        useCertificate(Certificates.server("localhost"));
        properties.putAll(Application.tls(keyStore));
        properties.put("gangway.keys", "file:" + keyFile);
        properties.put("gangway.pollInterval", "100ms");
        properties.put("gangway.request-attributes", "true");
    }

    @ParameterizedTest
    @EnumSource
    void ticket_ofOneApplication_isOpenedByAnother(Container container) throws Exception {
        properties.put("server.http2.enabled", true);
        properties.put("management.metrics.enable.all", true);
        HttpsClient client = HttpsClient.of("TLSv1.3");
        try (Application first = Application.start(container, properties, Registry.class);
                Application second = Application.start(container, properties, Registry.class)) {
            assertThat(client.get(first.port()).response()).contains("resumed=false outcome=full-without-ticket");
            // The connector's self-test is counted too.
            double before = resumedAt(second);
            assertThat(client.get(second.port()).response()).contains("resumed=true outcome=resumed-active-key");

            assertThat(second.ticketKeys()).containsOnlyKeys("server");
            assertThat(second.ticketKeysOf("server").getState()).isEqualTo("SHARING");
            assertThat(second.bean(HealthEndpoint.class)
                            .healthForPath("gangway")
                            .getStatus())
                    .isEqualTo(Status.UP);
            assertThat(resumedAt(second)).isGreaterThan(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAndCertificates_thatChange_areUsedWithoutRestart(Container container) throws Exception {
        HttpsClient client = HttpsClient.of("TLSv1.3");
        try (Application application = Application.start(container, properties)) {
            client.get(application.port());
            String before = application.ticketKeysOf("server").getRingDigest();
            changeKeys();
            Await.until(
                    "the new keys are in use",
                    () -> !application.ticketKeysOf("server").getRingDigest().equals(before));
            assertThat(client.get(application.port()).resumed()).isFalse();

            Held renewed = Certificates.server("localhost");
            useCertificate(renewed);
            Await.until(
                    "the new certificate is in use",
                    () -> serialAt(application.port())
                            .equals(renewed.certificate().getSerialNumber()));
            Await.until(
                    "its connector is tested",
                    () -> application.ticketKeysOf("server").getState().equals("SHARING"));
            client.get(application.port());
            assertThat(client.get(application.port()).resumed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void managementPort_withTls_sharesToo(Container container) throws Exception {
        properties.put("management.server.port", 0);
        properties.put("management.server.ssl.bundle", "web");
        HttpsClient client = HttpsClient.of("TLSv1.2");
        try (Application application = Application.start(container, properties)) {
            assertThat(application.ticketKeys()).containsOnlyKeys("management", "server");
            assertThat(client.get(application.managementPort()).resumed()).isFalse();
            assertThat(client.get(application.managementPort()).resumed()).isTrue();
            assertThat(application.bean(GangwayHealthIndicator.class).health().getDetails())
                    .containsOnlyKeys("management", "server");
            assertThat(application.ticketKeysOf("management").getState()).isEqualTo("SHARING");
            assertThat(application.ticketKeysOf("management").getNotServed()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientCertificate_thatIsNeeded_isStillNeeded(Container container) throws Exception {
        Held authority = Certificates.authority("authority");
        Path trustStore = Certificates.write(Certificates.trustStore(authority), folder.resolve("trust.p12"));
        String bundle = "spring.ssl.bundle.jks.web.truststore.";
        properties.put(bundle + "location", "file:" + trustStore);
        properties.put(bundle + "type", "PKCS12");
        properties.put(bundle + "password", new String(Certificates.PASSWORD));
        properties.put("server.ssl.client-auth", "need");
        HttpsClient known =
                HttpsClient.of("TLSv1.2", Certificates.keyManagers(Certificates.client("client", authority)));
        try (Application first = Application.start(container, properties);
                Application second = Application.start(container, properties)) {
            assertThat(known.get(first.port()).response()).contains("resumed=false");
            assertThat(known.get(second.port()).response()).contains("resumed=true");
            assertThat(HttpsClient.of("TLSv1.2"))
                    .satisfies(stranger ->
                            assertThatThrownBy(() -> stranger.get(first.port())).isInstanceOf(IOException.class));
        }
    }

    /** Health tells it; the application as a whole stays up, unless its settings say otherwise. */
    @ParameterizedTest
    @EnumSource
    void state_otherThanSharing_isInHealthUnderItsName(Container container) throws Exception {
        if (container == Container.JETTY) {
            String status = "management.endpoint.health.status.";
            properties.put(status + "order", "DOWN,KEEPING_LAST_GOOD_KEYS,UP,UNKNOWN");
            properties.put(status + "http-mapping.KEEPING_LAST_GOOD_KEYS", 503);
        }
        try (Application application = Application.start(container, properties)) {
            Files.delete(keyFile);
            HealthEndpoint health = application.bean(HealthEndpoint.class);
            Await.until(
                    "the missing file is seen",
                    () -> health.healthForPath("gangway").getStatus().getCode().equals("KEEPING_LAST_GOOD_KEYS"));
            assertThat(application.bean(GangwayHealthIndicator.class).health().getDetails())
                    .hasEntrySatisfying(
                            "server",
                            details -> assertThat(details.toString())
                                    .contains("fault=")
                                    .contains(keyFile.getFileName().toString()));
            boolean counts = container == Container.JETTY;
            assertThat(health.health().getStatus().getCode()).isEqualTo(counts ? "KEEPING_LAST_GOOD_KEYS" : "UP");
            try (HttpsConnection connection = HttpsClient.of("TLSv1.3").connect(application.port())) {
                assertThat(connection.getOnce("/actuator/health")).startsWith("HTTP/1.1 " + (counts ? 503 : 200));
            }
        }
    }

    private static double resumedAt(Application application) {
        return application
                .bean(MeterRegistry.class)
                .find("gangway.ssl.handshakes")
                .tag("name", "server")
                .tag("outcome", "resumed-active-key")
                .functionCounters()
                .stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private void changeKeys() throws IOException {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        KeyFileWriter.replace(keyFile, key);
    }

    private void useCertificate(Held held) throws IOException {
        Path next = Certificates.write(Certificates.keyStore(held), folder.resolve("next.p12"));
        Files.move(next, keyStore, StandardCopyOption.REPLACE_EXISTING);
    }

    private static BigInteger serialAt(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                TicketClient.of("TLSv1.2").context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }
}
