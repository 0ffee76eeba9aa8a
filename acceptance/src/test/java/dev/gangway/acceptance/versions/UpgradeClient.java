package dev.gangway.acceptance.versions;

import dev.gangway.acceptance.versions.UpgradedFleet.Member;
import dev.gangway.testing.HttpsClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Connects to random nodes of a fleet, each time with the ticket of the node before. */
final class UpgradeClient implements Runnable {
    static final String WITHOUT_TICKET = "fullWithoutTicket";
    static final String UNKNOWN_KEY = "fullUnknownKey";
    static final String RESUMED = "resumedActiveKey";

    private static final int MOST_FAILURES = 10;

    private final UpgradedFleet fleet;
    private final HttpsClient client;
    private final String protocol;
    private final Random random;

    private volatile boolean stopped;
    private Optional<Member> before = Optional.empty();
    private long connections;
    private final List<String> failures = new ArrayList<>();
    // By node, the outcome that it must have counted.
    private final Map<Member, Map<String, Long>> outcomes = new HashMap<>();
    // By "from -> to" of the Java versions of two different nodes.
    private final Map<String, Long> crossings = new TreeMap<>();

    UpgradeClient(UpgradedFleet fleet, String protocol, long seed) {
        this.fleet = fleet;
        this.client = HttpsClient.of(protocol);
        this.protocol = protocol;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!stopped) {
            Member member = fleet.acquire(random);
            try {
                done(member, Optional.of(client.get(member.node().port())), "");
            } catch (IOException | RuntimeException | Error e) {
                done(member, Optional.empty(), e.toString());
            } finally {
                member.release();
            }
        }
    }

    private synchronized void done(Member member, Optional<HttpsClient.Exchange> exchange, String failure) {
        connections++;
        String complaint = exchange.map(seen -> complaint(member, seen)).orElse(failure);
        if (!complaint.isEmpty() && failures.size() < MOST_FAILURES) {
            failures.add(protocol + " at " + member + ", with the ticket of " + before.map(Member::toString) + ": "
                    + complaint);
        }
        before = Optional.of(member);
    }

    /** Why this was not the right result; empty if it was. */
    private String complaint(Member member, HttpsClient.Exchange seen) {
        boolean offers = seen.handshake().offeredTicket().isPresent();
        boolean isShared = before.isPresent()
                && before.get().node().format().equals(member.node().format());
        if (seen.status() != 200) {
            return "status " + seen.status();
        }
        if (offers != before.isPresent()) {
            return offers ? "a ticket of no node" : "no ticket";
        }
        if (seen.resumed() != isShared) {
            return seen.resumed() ? "resumed" : "not resumed";
        }
        String outcome = !offers ? WITHOUT_TICKET : isShared ? RESUMED : UNKNOWN_KEY;
        outcomes.computeIfAbsent(member, unknown -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
        before.filter(last -> last != member)
                .ifPresent(last -> crossings.merge(
                        last.node().version() + " -> " + member.node().version()
                                + (isShared ? " resumed" : " full handshake"),
                        1L,
                        Long::sum));
        return "";
    }

    void stop() {
        stopped = true;
    }

    synchronized long connections() {
        return connections;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized Map<String, Long> outcomesAt(Member member) {
        return Map.copyOf(outcomes.getOrDefault(member, Map.of()));
    }

    synchronized Map<String, Long> crossings() {
        return new TreeMap<>(crossings);
    }
}
