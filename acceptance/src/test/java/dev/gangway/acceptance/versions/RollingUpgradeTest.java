package dev.gangway.acceptance.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.versions.UpgradedFleet.Member;
import dev.gangway.testing.Await;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rolling upgrade of Java under load: no handshake fails, nodes with the same ticket format resume each other's sessions,
 * others do full handshakes, and each node counts them as what they are.
 */
class RollingUpgradeTest {
    // Of each TLS version. They connect as often as they can, also while nodes start.
    private static final int CLIENTS = LongForm.tries(3, 1);
    // The connections of each client between two restarts.
    private static final int CONNECTIONS = LongForm.tries(300, 15);

    @TempDir
    Path folder;

    @Test
    void upgrade_toTheNextUpdateOf17_servesEveryClient() throws Exception {
        upgrade(newest(17, 2));
    }

    @Test
    void upgrade_toTheNextUpdateOf21AndThenTo25_servesEveryClient() throws Exception {
        upgrade(Stream.concat(newest(21, 2).stream(), newest(25, 1).stream()).toList());
    }

    private void upgrade(List<JavaInstallation> javas) throws Exception {
        List<UpgradeClient> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<Member> members;
        try (UpgradedFleet fleet = new UpgradedFleet(folder, javas.get(0))) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new UpgradeClient(fleet, "TLSv1.2", i));
                clients.add(new UpgradeClient(fleet, "TLSv1.3", i + CLIENTS));
            }
            clients.forEach(client -> threads.add(new Thread(client, "upgrade-client")));
            threads.forEach(Thread::start);
            try {
                awaitConnections(clients);
                for (JavaInstallation java : javas.subList(1, javas.size())) {
                    fleet.upgrade(java, () -> awaitConnections(clients));
                }
            } finally {
                clients.forEach(UpgradeClient::stop);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            members = fleet.finish();
        }

        Map<String, Long> crossings = new TreeMap<>();
        clients.forEach(
                client -> client.crossings().forEach((crossing, count) -> crossings.merge(crossing, count, Long::sum)));
        System.out.println("Connections with a ticket of another node: " + crossings);
        assertThat(clients.stream().flatMap(client -> client.failures().stream()))
                .isEmpty();
        assertThat(members).hasSize(3 * javas.size()).allSatisfy(member -> assertCounts(member, clients));
        for (JavaInstallation java : javas) {
            assertThat(crossings).containsKey(java.numbers() + " -> " + java.numbers() + " resumed");
        }
    }

    private static void awaitConnections(List<UpgradeClient> clients) throws InterruptedException {
        List<Long> before = clients.stream().map(UpgradeClient::connections).toList();
        for (int i = 0; i < clients.size(); i++) {
            UpgradeClient client = clients.get(i);
            long enough = before.get(i) + CONNECTIONS;
            Await.until("each client connects again", () -> client.connections() >= enough);
        }
    }

    private static void assertCounts(Member member, List<UpgradeClient> clients) {
        Map<String, Long> expected = new TreeMap<>();
        clients.forEach(client ->
                client.outcomesAt(member).forEach((outcome, count) -> expected.merge(outcome, count, Long::sum)));
        Map<String, Long> counted = new TreeMap<>(member.counted());
        // Four bytes identify the key of a ticket: about one foreign ticket in 10,000 is mistaken for one of this node.
        long mistaken = counted.entrySet().stream()
                .filter(outcome -> outcome.getKey().startsWith("full")
                        && !List.of(UpgradeClient.WITHOUT_TICKET, UpgradeClient.UNKNOWN_KEY)
                                .contains(outcome.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(mistaken).isLessThanOrEqualTo(2);
        counted.keySet().removeIf(outcome -> !expected.containsKey(outcome) && outcome.startsWith("full"));
        if (mistaken > 0) {
            counted.merge(UpgradeClient.UNKNOWN_KEY, mistaken, Long::sum);
        }
        assertThat(counted).as(member.toString()).isEqualTo(expected);
    }

    private static List<JavaInstallation> newest(int feature, int count) {
        List<JavaInstallation> all = JavaInstallations.versions().stream()
                .filter(java -> java.feature() == feature)
                .toList();
        Prerequisite.require(
                all.size() >= count,
                count + " versions of Java " + feature + " on this machine: run .ci/install-javas");
        return all.subList(all.size() - count, all.size());
    }
}
