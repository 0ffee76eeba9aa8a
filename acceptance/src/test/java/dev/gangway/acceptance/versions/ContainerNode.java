package dev.gangway.acceptance.versions;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.node.ContainerKind;
import dev.gangway.examples.node.NodeSettings;
import dev.gangway.examples.node.RunningNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * One node with engine {@code jdk} in Jetty or Tomcat on some Java version, as a separate process. It ends with its standard
 * input, and then says which handshakes it has counted since it was ready.
 */
final class ContainerNode {
    static final String COUNTED = "COUNTED ";

    private ContainerNode() {}

    /** @param args the setting {@code keys}, the key store and its password, and the container */
    public static void main(String[] args) throws Exception {
        NodeSettings settings = NodeSettings.of(ContainerKind.valueOf(args[3]))
                .withKeyStore(new ServerKeyStore(Path.of(args[1]), args[2]))
                .withGangway(TicketSettings.ofKeys(args[0]).withEngine("jdk"));
        try (RunningNode node = RunningNode.start(settings)) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = server.queryNames(new ObjectName("dev.gangway:type=TicketKeys,*"), null)
                    .iterator()
                    .next();
            // The connector's self-test.
            Map<String, Long> before = counts(server, name);
            TicketKeysMXBean keys = JMX.newMXBeanProxy(server, name, TicketKeysMXBean.class);
            System.out.println(VersionNode.READY + node.port() + " " + String.join(",", keys.getTicketFormats()));
            while (System.in.read() >= 0) {
                // There is no input before its end.
            }
            Map<String, Long> counted = counts(server, name);
            before.forEach((outcome, count) -> counted.merge(outcome, -count, Long::sum));
            System.out.println(COUNTED
                    + counted.entrySet().stream()
                            .filter(outcome -> outcome.getValue() != 0)
                            .map(outcome -> outcome.getKey() + "=" + outcome.getValue())
                            .collect(Collectors.joining(" ")));
        }
    }

    private static Map<String, Long> counts(MBeanServer server, ObjectName name) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        for (CompositeData row : (CompositeData[]) server.getAttribute(name, "Handshakes")) {
            for (String item : row.getCompositeType().keySet()) {
                if (row.get(item) instanceof Long count && !item.equals("withNewTicket")) {
                    counts.merge(item, count, Long::sum);
                }
            }
        }
        return counts;
    }
}
