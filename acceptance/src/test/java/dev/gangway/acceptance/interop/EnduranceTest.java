package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.cluster.Cluster;
import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.examples.cluster.ContainerMix;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.testing.LongForm;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of connections to three node processes behind the balancer, while their keys rotate repeatedly: half of the
 * connections by one client in TLS 1.2, the others by one in TLS 1.3. The long form makes ten thousand, with twenty
 * rotations.
 *
 * <p>In TLS 1.2 BoringSSL issues no new ticket on resumption, and it has two keys. If keys rotate much faster than the
 * ticket lifetime, a client does a full handshake at every second rotation.
 */
class EnduranceTest {
    private static final int CONNECTIONS_PER_PROTOCOL = LongForm.tries(5_000, 1_500);
    private static final int ROTATIONS = LongForm.tries(20, 6);
    private static final int CONNECTIONS_PER_ROTATION = 2 * CONNECTIONS_PER_PROTOCOL / ROTATIONS;

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void manyConnections_keysRotate_noneFailsAndNearlyAllResume(String engine) throws Exception {
        ClusterSettings settings = ClusterSettings.of(ContainerMix.MIXED, 3).withEngine(engine);
        try (Cluster cluster = Cluster.start(settings)) {
            Semaphore due = new Semaphore(0);
            ExecutorService operator = Executors.newSingleThreadExecutor();
            try {
                Future<?> rotations = operator.submit(() -> {
                    for (int i = 0; i < ROTATIONS; i++) {
                        due.acquire();
                        cluster.rotate();
                        cluster.awaitKeys();
                    }
                    return null;
                });
                ProbeResult tls12 = probe(cluster, TlsVersion.TLS_1_2, due);
                ProbeResult tls13 = probe(cluster, TlsVersion.TLS_1_3, due);
                rotations.get();
                System.out.printf("%s: TLS 1.2 %s; TLS 1.3 %s%n", engine, tls12.toJson(), tls13.toJson());

                assertThat(tls12.failed() + tls13.failed()).isZero();
                assertThat(tls12.httpAnswers()).containsOnlyKeys(200);
                assertThat(tls13.httpAnswers()).containsOnlyKeys(200);
                // In its first connection, a client has no ticket.
                int withTicket = tls12.connections() + tls13.connections() - 2;
                assertThat(tls12.resumed() + tls13.resumed())
                        .isGreaterThanOrEqualTo((int) Math.ceil(withTicket * 0.999));
            } finally {
                operator.shutdownNow();
            }
            for (int port : cluster.nodePorts()) {
                assertThat(Sessions.cachedAt(port)).allMatch(sessions -> sessions <= 1);
            }
        }
    }

    private static ProbeResult probe(Cluster cluster, TlsVersion tls, Semaphore due) {
        return Probe.run(ProbeSettings.of(cluster.port(), tls, CONNECTIONS_PER_PROTOCOL), done -> {
            if (done % CONNECTIONS_PER_ROTATION == 0) {
                due.release();
            }
        });
    }
}
