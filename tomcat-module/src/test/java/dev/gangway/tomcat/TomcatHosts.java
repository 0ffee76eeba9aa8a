package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.Await;
import dev.gangway.testing.HttpsClient;
import java.util.List;

/** Tests of TLS hosts that all engines pass. */
final class TomcatHosts {
    private TomcatHosts() {}

    /**
     * Asserts that tickets from before many TLS reloads still open, and that the contexts from before are collected.
     *
     * @param a has {@code listener}
     * @param b another node with the same keys
     */
    static void assertReloadsKeepTickets(
            TomcatNode a, TomcatNode b, GangwayListener listener, String protocol, int reloads) throws Exception {
        HttpsClient client = HttpsClient.of(protocol);
        client.get(a.port());
        for (int i = 0; i < reloads; i++) {
            a.protocol().reloadSslHostConfigs();
        }

        assertThat(client.get(a.port()).resumed()).isTrue();
        assertThat(client.get(b.port()).resumed()).isTrue();
        assertOneInstallation(listener);
    }

    /** Asserts that the installations of replaced contexts disappear once those contexts are collected. */
    static void assertOneInstallation(GangwayListener listener) throws Exception {
        TicketKeyManager manager = listener.ticketKeyManager().orElseThrow();
        Await.collected(
                "nothing refers to replaced contexts", () -> manager.status().installations() <= 1);
        assertThat(manager.status().installations()).isEqualTo(1);
    }

    /** Asserts that {@code b} resumes the tickets that {@code a} issues for {@code localhost} and {@code b.example}. */
    static void assertEachHostResumes(TomcatNode a, TomcatNode b, String protocol) throws Exception {
        for (String host : List.of("localhost", "b.example")) {
            HttpsClient client = HttpsClient.of(protocol).at(host);
            assertThat(client.get(a.port()).resumed()).as(host).isFalse();
            assertThat(client.get(b.port()).resumed()).as(host).isTrue();
        }
    }
}
