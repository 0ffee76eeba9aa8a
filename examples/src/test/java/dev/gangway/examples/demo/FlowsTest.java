package dev.gangway.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.cluster.Cluster;
import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.examples.cluster.ContainerMix;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.RelayedConnection;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a busy machine the balancer may report closed connections late, and in any order. */
class FlowsTest {
    private final Flows flows = new Flows();
    private final List<RelayedConnection> heldBack = new ArrayList<>();

    private final RelayListener lateAndBackwards = new RelayListener() {
        @Override
        public void opened(RelayedConnection connection) {
            flows.opened(connection);
        }

        @Override
        public synchronized void closed(RelayedConnection connection) {
            heldBack.add(0, connection);
            if (heldBack.size() == 3) {
                heldBack.forEach(flows::closed);
            }
        }
    };

    @Test
    void draw_closedConnectionsAreToldLateAndBackwards_drawsItsOwnInTheirOrder() throws Exception {
        ClusterSettings settings = ClusterSettings.of(ContainerMix.JETTY, 2);
        try (Cluster cluster = Cluster.start(settings, lateAndBackwards, line -> {})) {
            Probe.run(ProbeSettings.of(cluster.port(), TlsVersion.TLS_1_3, 1));

            String drawn = flows.draw(cluster, TlsVersion.TLS_1_3);

            assertThat(drawn)
                    .containsSubsequence(
                            "(1) Full handshake", "balancer -> node-2", "(2) Resumption", "balancer -> node-1");
        }
    }
}
