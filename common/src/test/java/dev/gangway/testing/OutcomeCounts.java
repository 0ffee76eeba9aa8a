package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** The expected and the actual counts of a server's MBean. */
final class OutcomeCounts {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final ObjectName bean;
    private final String engine;
    private final String protocol;
    // The server's self-test, which is counted too.
    private final Map<String, Long> before;
    private final Map<HandshakeOutcome, Long> expected = new EnumMap<>(HandshakeOutcome.class);
    private long failedBeforeAnAnswer;
    private long withNewTicket;

    private OutcomeCounts(ObjectName bean, String engine, String protocol) {
        this.bean = bean;
        this.engine = engine;
        this.protocol = protocol;
        this.before = seen(Map.of());
    }

    interface Start {
        void run() throws Exception;
    }

    static OutcomeCounts ofServerStartedBy(Start start, String engine, String protocol) throws Exception {
        ObjectName all = new ObjectName("dev.gangway:type=TicketKeys,*");
        Set<ObjectName> before = SERVER.queryNames(all, null);
        start.run();
        Set<ObjectName> after = new HashSet<>(SERVER.queryNames(all, null));
        after.removeAll(before);
        assertThat(after).hasSize(1);
        return new OutcomeCounts(after.iterator().next(), engine, protocol);
    }

    /** Expects one more handshake. */
    void expect(HandshakeOutcome outcome, boolean newTicket) {
        expected.merge(outcome, 1L, Long::sum);
        withNewTicket += newTicket ? 1 : 0;
    }

    /** Expects one more failure, before or after the server chose a version. */
    void expectFailure(boolean answered) {
        if (answered) {
            expect(HandshakeOutcome.FAILED, false);
        } else {
            failedBeforeAnAnswer++;
        }
    }

    void assertEqual() {
        assertThat(seen(before)).isEqualTo(wanted());
    }

    /** Like {@link #assertEqual}, for events that the server may notice later than the client. */
    void awaitEqual() throws InterruptedException {
        if (!Await.comesTrue(() -> seen(before).equals(wanted()))) {
            assertEqual();
        }
    }

    long aheadOfKey() {
        return (Long) attribute("HandshakesAheadOfKey");
    }

    private Map<String, Long> wanted() {
        Map<String, Long> all = new TreeMap<>();
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            long count = expected.getOrDefault(outcome, 0L);
            put(all, engine + " none " + protocol + " " + attributeOf(outcome), count);
        }
        put(all, engine + " none " + protocol + " withNewTicket", withNewTicket);
        put(all, engine + " none none failed", failedBeforeAnAnswer);
        put(all, "total resumed", sum(true));
        put(all, "total full", sum(false));
        put(all, "total failed", expected.getOrDefault(HandshakeOutcome.FAILED, 0L) + failedBeforeAnAnswer);
        put(all, "total with new ticket", withNewTicket);
        return all;
    }

    private long sum(boolean resumed) {
        return expected.entrySet().stream()
                .filter(entry ->
                        resumed ? entry.getKey().isResumed() : entry.getKey().isFull())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** @param without the outcome that is left out */
    private Map<String, Long> seen(Map<String, Long> without) {
        Map<String, Long> all = new TreeMap<>();
        for (CompositeData row : (CompositeData[]) attribute("Handshakes")) {
            // Tomcat's hosts have their trust anchors in the scope.
            String scope = ((String) row.get("scope")).replaceAll("^none-[0-9a-f]{8}$", "none");
            for (String name : row.getCompositeType().keySet()) {
                if (row.get(name) instanceof Long count) {
                    put(all, row.get("engine") + " " + scope + " " + row.get("protocol") + " " + name, count);
                }
            }
        }
        put(all, "total resumed", (Long) attribute("ResumedHandshakes"));
        put(all, "total full", (Long) attribute("FullHandshakes"));
        put(all, "total failed", (Long) attribute("FailedHandshakes"));
        put(all, "total with new ticket", (Long) attribute("HandshakesWithNewTicket"));
        without.forEach((name, count) -> put(all, name, -count));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    private Object attribute(String name) {
        try {
            return SERVER.getAttribute(bean, name);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(Map<String, Long> all, String name, long count) {
        if (count != 0) {
            all.merge(name, count, Long::sum);
        }
    }

    // RESUMED_ACTIVE_KEY is resumedActiveKey in JMX.
    private static String attributeOf(HandshakeOutcome outcome) {
        String[] words = outcome.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .reduce("", String::concat);
    }
}
