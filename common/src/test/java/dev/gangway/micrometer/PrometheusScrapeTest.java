package dev.gangway.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.jmx.TicketKeysView;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names, tags, units and help texts that Prometheus receives. */
class PrometheusScrapeTest {
    @Test
    void scrape_oneServer_isAsThePageSays() throws Exception {
        Instant start = Instant.parse("2026-06-01T00:00:00Z");
        ManualClock clock = new ManualClock(start);
        HandshakeRecorder recorder = new HandshakeRecorder(TicketKeyManager.open(
                new FixedSource(KeyRotation.DEFAULT.initialKeys(start, new SecureRandom())),
                TicketPolicy.DEFAULT,
                clock));
        RecordingInstallation installation = new RecordingInstallation();
        recorder.manager().register(installation);
        recorder.observe(
                new JdkTicketEngine(), Scope.of("", ClientAuth.NONE, List.of()), installation, ClientAuth.NONE);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new TicketMetrics(shownBy(recorder), "Jetty").bindTo(registry);
        clock.advance(Duration.ofMinutes(2));

        String scrape = registry.scrape();

        assertThat(scrape.lines().filter(line -> line.startsWith("# TYPE")))
                .containsExactlyInAnyOrder(
                        "# TYPE gangway_ssl_active_key_age_seconds gauge",
                        "# TYPE gangway_ssl_handshakes_ahead_of_key_total counter",
                        "# TYPE gangway_ssl_handshakes_total counter",
                        "# TYPE gangway_ssl_handshakes_with_new_ticket_total counter",
                        "# TYPE gangway_ssl_installations gauge",
                        "# TYPE gangway_ssl_installations_broken gauge",
                        "# TYPE gangway_ssl_state gauge",
                        "# TYPE gangway_ssl_store_document_version gauge",
                        "# TYPE gangway_ssl_store_outage_budget_seconds gauge",
                        "# TYPE gangway_ssl_store_time_since_last_contact_seconds gauge",
                        "# TYPE gangway_ssl_ticket_keys gauge",
                        "# TYPE gangway_ssl_time_since_last_good_load_seconds gauge",
                        "# TYPE gangway_ssl_time_to_last_retirement_seconds gauge",
                        "# TYPE gangway_ssl_time_to_next_change_seconds gauge");
        assertThat(scrape.lines())
                .contains(
                        "# HELP gangway_ssl_handshakes_total TLS handshakes, by outcome",
                        "# HELP gangway_ssl_ticket_keys Keys that can decrypt tickets, by role",
                        "gangway_ssl_handshakes_total{engine=\"jdk\",name=\"Jetty\",outcome=\"resumed-active-key\","
                                + "protocol=\"TLSv1.3\",scope=\"none\"} 0.0",
                        "gangway_ssl_handshakes_total{engine=\"jdk\",name=\"Jetty\",outcome=\"failed\","
                                + "protocol=\"none\",scope=\"none\"} 0.0",
                        "gangway_ssl_handshakes_with_new_ticket_total{engine=\"jdk\",name=\"Jetty\","
                                + "protocol=\"TLSv1.2\",scope=\"none\"} 0.0",
                        "gangway_ssl_handshakes_ahead_of_key_total{name=\"Jetty\"} 0.0",
                        "gangway_ssl_state{name=\"Jetty\",state=\"sharing\"} 1.0",
                        "gangway_ssl_state{name=\"Jetty\",state=\"not-sharing\"} 0.0",
                        "gangway_ssl_ticket_keys{name=\"Jetty\",role=\"next\"} 1.0",
                        "gangway_ssl_active_key_age_seconds{name=\"Jetty\"} 120.0",
                        "gangway_ssl_time_since_last_good_load_seconds{name=\"Jetty\"} 120.0",
                        "gangway_ssl_installations{name=\"Jetty\"} 1.0",
                        "gangway_ssl_installations_broken{name=\"Jetty\"} 0.0");
        assertThat(scrape.lines().filter(line -> line.startsWith("# HELP")))
                .allMatch(line -> line.split(" ").length > 4);
    }

    private static TicketKeysMXBean shownBy(HandshakeRecorder recorder) {
        return TicketKeysView.of(recorder, "jdk", ConnectorView.UNKNOWN);
    }
}
