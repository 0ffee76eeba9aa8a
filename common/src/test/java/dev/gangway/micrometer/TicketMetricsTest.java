package dev.gangway.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.jmx.TicketKeysView;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.TicketClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** The counters after real handshakes, and the lifecycle of a binder. */
class TicketMetricsTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("a.example");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @EveryEngineAndProtocol
    void handshakes_fullAndResumed_countAsInTheRecorder(String engineName, String protocol) throws Exception {
        HandshakeRecorder recorder = recorder();
        new TicketMetrics(shownBy(recorder), "Jetty").bindTo(registry);
        SSLContext context = context(recorder, engine(engineName), "");
        assertThat(all()).as("before the first handshake").isZero();

        TicketClient client = TicketClient.of(protocol);
        client.connect(context.createSSLEngine());
        client.connect(context.createSSLEngine());
        client.connect(context.createSSLEngine());

        HandshakeCounts row = recorder.counts().get(0);
        assertThat(row.resumed()).isEqualTo(2);
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            assertThat(handshakes(engineName, "none", protocol, TagValue.of(outcome)))
                    .isEqualTo((double) row.of(outcome));
        }
        assertThat(handshakes(engineName, "none", protocol, "resumed-active-key"))
                .isEqualTo(2);
        assertThat(all()).isEqualTo(3);
        assertThat(registry.get("gangway.ssl.handshakes.with.new.ticket")
                        .tags("name", "Jetty", "engine", engineName, "scope", "none", "protocol", protocol)
                        .functionCounter()
                        .count())
                .isEqualTo((double) row.withNewTicket());
    }

    @Test
    void handshakes_ofVersionsWithoutAnOwnTag_areInOther() throws Exception {
        HandshakeRecorder recorder = recorder();
        new TicketMetrics(shownBy(recorder), "Jetty").bindTo(registry);
        SSLContext context = context(recorder, new JdkTicketEngine(), "");
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.beginHandshake();
        engine.closeOutbound();
        assertThat(all()).as("before any handshake").isZero();

        assertThat(registry.get("gangway.ssl.handshakes")
                        .tags("protocol", "none")
                        .functionCounters())
                .extracting(counter -> counter.getId().getTag("outcome"))
                .containsExactly("failed");
        assertThat(handshakes("jdk", "none", "other", "full-unknown-key")).isZero();
    }

    @Test
    void contextOfAnotherScope_afterBinding_getsItsOwnCounters() throws Exception {
        HandshakeRecorder recorder = recorder();
        context(recorder, new JdkTicketEngine(), "early");
        new TicketMetrics(shownBy(recorder), "Jetty").bindTo(registry);
        SSLContext late = context(recorder, new JdkTicketEngine(), "late");
        TicketClient.of("TLSv1.3").connect(late.createSSLEngine());

        assertThat(handshakes("jdk", "early/none", "TLSv1.3", "full-without-ticket"))
                .isZero();
        assertThat(handshakes("jdk", "late/none", "TLSv1.3", "full-without-ticket"))
                .isEqualTo(1);
    }

    @Test
    void registryThatRefuses_contextAfterBinding_isMadeAllTheSame() throws Exception {
        HandshakeRecorder recorder = recorder();
        registry.config().onMeterAdded(meter -> {
            if (meter.getId().getName().equals("gangway.ssl.handshakes")) {
                throw new IllegalStateException("no more meters");
            }
        });
        new TicketMetrics(shownBy(recorder), "Jetty").bindTo(registry);
        SSLContext context = context(recorder, new JdkTicketEngine(), "");
        TicketClient.of("TLSv1.3").connect(context.createSSLEngine());

        assertThat(recorder.counts().get(0).full()).isEqualTo(1);
    }

    @Test
    void twoServers_ofDifferentNames_shareARegistry() throws Exception {
        HandshakeRecorder first = recorder();
        HandshakeRecorder second = recorder();
        new TicketMetrics(shownBy(first), "Jetty", Tags.of("zone", "a")).bindTo(registry);
        new TicketMetrics(shownBy(second), "Jetty-2", Tags.of("zone", "a")).bindTo(registry);
        context(first, new JdkTicketEngine(), "");
        TicketClient.of("TLSv1.3")
                .connect(context(second, new JdkTicketEngine(), "").createSSLEngine());

        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags()).contains(Tag.of("zone", "a")));
        assertThat(sum(registry.get("gangway.ssl.handshakes")
                        .tags("name", "Jetty")
                        .functionCounters()))
                .isZero();
        assertThat(sum(registry.get("gangway.ssl.handshakes")
                        .tags("name", "Jetty-2")
                        .functionCounters()))
                .isEqualTo(1);
    }

    @Test
    void close_takesItsMetersOut_andNoneComeAfter() throws Exception {
        HandshakeRecorder recorder = recorder();
        TicketMetrics metrics = new TicketMetrics(shownBy(recorder), "Jetty");
        metrics.bindTo(registry);
        context(recorder, new JdkTicketEngine(), "");
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();

        context(recorder, new JdkTicketEngine(), "late");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void binderAndRegistry_serverGone_doNotKeepIt() throws Exception {
        HandshakeRecorder recorder = recorder();
        TicketMetrics metrics = new TicketMetrics(shownBy(recorder), "Jetty");
        metrics.bindTo(registry);
        TicketClient.of("TLSv1.3")
                .connect(context(recorder, new JdkTicketEngine(), "").createSSLEngine());
        assertThat(all()).isEqualTo(1);
        recorder.manager().close();
        WeakReference<HandshakeRecorder> server = new WeakReference<>(recorder);
        recorder = null;
        Await.collected("nothing refers to the server", () -> server.get() == null);

        assertThat(server.get()).isNull();
        assertThat(registry.get("gangway.ssl.installations").gauge().value()).isNaN();
        assertThat(all()).as("a counter stays where it was").isEqualTo(1);
        metrics.bindTo(registry);
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    private double handshakes(String engine, String scope, String protocol, String outcome) {
        return registry.get("gangway.ssl.handshakes")
                .tags("name", "Jetty", "engine", engine, "scope", scope, "protocol", protocol, "outcome", outcome)
                .functionCounter()
                .count();
    }

    private double all() {
        return sum(registry.get("gangway.ssl.handshakes").functionCounters());
    }

    private static double sum(Collection<FunctionCounter> counters) {
        return counters.stream().mapToDouble(FunctionCounter::count).sum();
    }

    private static TicketEngine engine(String name) {
        return name.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
    }

    private static SSLContext context(HandshakeRecorder recorder, TicketEngine engine, String scope) throws Exception {
        SSLContext context = TicketOnlySslContext.create(engine, recorder, Connector.of(scope, ClientAuth.NONE), "TLS");
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    private static HandshakeRecorder recorder() throws Exception {
        return new HandshakeRecorder(TicketKeyManager.open(
                new FixedSource(KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom())),
                TicketPolicy.DEFAULT,
                InstantSource.system()));
    }

    private static TicketKeysMXBean shownBy(HandshakeRecorder recorder) {
        return TicketKeysView.of(recorder, "jdk", ConnectorView.UNKNOWN);
    }
}
