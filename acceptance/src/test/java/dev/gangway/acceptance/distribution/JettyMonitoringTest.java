package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Jetty distribution in jconsole, with and without Jetty's module {@code jmx}, and its dump. */
class JettyMonitoringTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.JettyDistribution#cases")
    void jconsole_withModuleJmx_seesTheKeysTwiceAndReloadsThem(String version, String engine, JavaInstallation java)
            throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        JettyBase base = base(version, engine, java, keys, "jmx");
        try (DistributionProcess process = base.launch("jetty.server.dumpAfterStart=true")) {
            DistributionNode node = base.await(process);
            try (JMXConnector connector = connect(process.server())) {
                MBeanServerConnection jmx = connector.getMBeanServerConnection();
                ObjectName bean = only(jmx, "dev.gangway:*");
                assertThat(bean.getCanonicalName()).isEqualTo("dev.gangway:name=Jetty,type=TicketKeys");
                assertThat(jmx.getAttribute(bean, "State")).isEqualTo("SHARING");
                assertThat(jmx.getAttribute(bean, "Engine")).isEqualTo(engine);
                assertThat((CompositeData[]) jmx.getAttribute(bean, "Connectors"))
                        .extracting(row -> row.get("proof"))
                        .containsExactly("THROUGH_SOCKET");
                assertThat(process.output())
                        .contains("Tested through its socket: a client resumed with [TLSv1.3, TLSv1.2]");
                assertThat((CompositeData[]) jmx.getAttribute(bean, "Keys"))
                        .extracting(key -> key.get("name"))
                        .containsExactly(
                                keys.get(0).name().toString(),
                                keys.get(1).name().toString());

                ObjectName factory = only(jmx, "dev.gangway.jetty:type=gangwaysslcontextfactory,*");
                assertThat(jmx.getAttribute(factory, "ticketKeyState")).isEqualTo("SHARING");
                assertThat(jmx.getAttribute(factory, "ticketKeyDigest"))
                        .isEqualTo(jmx.getAttribute(bean, "RingDigest"));
                assertThat(jmx.getAttribute(factory, "engine")).isEqualTo(engine);
                assertThat(jmx.invoke(only(jmx, "org.eclipse.jetty.server:type=server,*"), "dump", null, null))
                        .asString()
                        .contains("ticket keys SHARING [" + keys.get(0).name() + " ACTIVE");

                List<TicketKey> others = FleetKeys.fresh();
                node.replaceKeys(others);
                assertThat(jmx.invoke(bean, "reload", null, null))
                        .asString()
                        .startsWith("OK, ")
                        .contains(others.get(0).name().shortForm());
                assertThat((String[]) jmx.getAttribute(factory, "ticketKeyRing"))
                        .startsWith(others.get(0).name() + " ACTIVE");
            }
            assertThat(process.output())
                    .as("dump after start")
                    .contains("ticket keys SHARING [" + keys.get(0).name() + " ACTIVE");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.JettyDistribution#cases")
    void jconsole_withoutModuleJmx_seesTheKeys(String version, String engine, JavaInstallation java) throws Exception {
        JettyBase base = base(version, engine, java, FleetKeys.fresh());
        try (DistributionProcess process = base.launch()) {
            base.await(process);
            try (JMXConnector connector = connect(process.server())) {
                MBeanServerConnection jmx = connector.getMBeanServerConnection();
                assertThat(jmx.getAttribute(only(jmx, "dev.gangway:*"), "State"))
                        .isEqualTo("SHARING");
                assertThat(jmx.queryNames(new ObjectName("dev.gangway.jetty:*"), null))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gangway.acceptance.distribution.JettyDistribution#cases")
    void accessLog_asInTheDocs_tellsFullFromResumedConnections(String version, String engine, JavaInstallation java)
            throws Exception {
        List<TicketKey> keys = FleetKeys.fresh();
        JettyBase base = base(version, engine, java, keys, "requestlog");
        Path logs = base.path().resolve("logs");
        base.set(MarkdownSnippets.of("docs/monitoring.md", "## In applications and access logs")
                .in("ini")
                .get(0));
        try (DistributionProcess process = base.launch()) {
            int port = base.await(process).port();
            HttpsClient client = HttpsClient.of("TLSv1.2");
            client.get(port);
            client.get(port);
            // Jetty writes the line after the response; when it stops, it loses lines that are not yet written.
            Await.until(
                    "both requests are logged",
                    () -> AccessLogs.linesIn(logs, "").size() >= 2);
        }

        AccessLogs.assertOneFullAndOneResumed(logs, "", keys.get(0).name());
    }

    /** Connects like {@code jconsole PID}, to a process that this test has started. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(ProcessHandle server) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(server.pid()));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    private static ObjectName only(MBeanServerConnection jmx, String pattern) throws Exception {
        Set<ObjectName> names = jmx.queryNames(new ObjectName(pattern), null);
        assertThat(names).as(pattern).hasSize(1);
        return names.iterator().next();
    }

    private JettyBase base(
            String version, String engine, JavaInstallation java, List<TicketKey> keys, String... modules)
            throws Exception {
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        JettyBase base = JettyBase.make(JettyDistribution.home(version), folder.resolve("base"), java, keyStore);
        base.set("gangway.engine=" + engine, "gangway.pollInterval=" + FleetKeys.POLL_INTERVAL);
        base.unzipGangway();
        base.add(Stream.concat(
                        Stream.of(engine.equals("conscrypt") ? "gangway,conscrypt" : "gangway", "https"),
                        Stream.of(modules))
                .toArray(String[]::new));
        KeyFileWriter.writeKeyset(base.path().resolve("etc/ticket.keys"), keys);
        return base;
    }
}
