package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LogCapture;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import javax.management.ObjectName;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The self-tests of connectors, and what a server reports about them. */
@Tag("container")
class ConnectorSelfTestTest {
    @TempDir
    Path folder;

    private final GangwayListener listener = new GangwayListener();

    ConnectorSelfTestTest() {
        listener.setKeys("random:");
    }

    @ParameterizedTest
    @CsvSource({
        "jdk," + TomcatNode.NIO,
        "jdk," + TomcatNode.NIO2,
        "conscrypt," + TomcatNode.NIO,
        "conscrypt," + TomcatNode.NIO2
    })
    void start_connectorThatResumes_isTestedWithEachHostInBothVersions(String engine, String protocol)
            throws Exception {
        listener.setEngine(engine);
        try (LogCapture log = new LogCapture();
                TomcatNode node = new TomcatNode(folder, protocol)
                        .withHost("_default_", keyStore("localhost"))
                        .withHost("shop.example.com", keyStore("shop.example.com"))
                        .withHost("*.example.org", keyStore("*.example.org"))
                        .with(listener)
                        .start()) {
            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(resumed()).as("each host, each version").isEqualTo(6);
            assertThat(lines(log, Level.INFO))
                    .containsExactly(
                            "Connector 127.0.0.1:" + node.port() + " resumes TLS sessions from tickets only: hosts"
                                    + " [*.example.org, _default_, shop.example.com], engine " + engine
                                    + ", protocols [TLSv1.3, TLSv1.2]. Tested through its socket: a client"
                                    + " resumed with [TLSv1.3,"
                                    + " TLSv1.2] at /127.0.0.1:" + node.port());
        }
    }

    @Test
    void start_hostThatDemandsCertificates_isSaidToBeTestedInMemoryOnly() throws Exception {
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .withHost("closed.example.com", keyStore("closed.example.com"))
                .with(listener);
        SSLHostConfig closed = node.host("closed.example.com");
        closed.setCertificateVerification("required");
        closed.setTruststoreFile(Certificates.write(
                        Certificates.trustStore(Certificates.authority("clients")), folder.resolve("trust.p12"))
                .toString());
        closed.setTruststorePassword("changeit");
        try (LogCapture log = new LogCapture();
                TomcatNode started = node.start()) {
            assertThat(started.port()).isPositive();
            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(resumed()).isEqualTo(2);
            assertThat(lines(log, Level.INFO))
                    .singleElement()
                    .asString()
                    .contains(
                            "for others, a client certificate is required", "TLSv1.2 handshake for closed.example.com");
        }
    }

    @Test
    void start_unixDomainSocket_isTestedThroughIt() throws Exception {
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener);
        Path socket = folder.resolve("tomcat.socket");
        node.connector().setProperty("unixDomainSocketPath", socket.toString());
        try (TomcatNode started = node.start()) {
            assertThat(started.tomcat.getServer().getState().isAvailable()).isTrue();
            assertThat(listener.connectors().orElseThrow().served())
                    .singleElement()
                    .satisfies(connector -> assertThat(connector.name()).isEqualTo(socket.toString()));
            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(resumed()).isEqualTo(2);
        }
    }

    @Test
    void start_anotherImplementationAnswers_isRefusedAndNothingListens() {
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener);
        // Set after Gangway's own implementation, as another listener may do.
        node.tomcat.getServer().addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.BEFORE_INIT_EVENT)) {
                node.connector()
                        .setProperty("sslImplementationName", "org.apache.tomcat.util.net.jsse.JSSEImplementation");
            }
        });

        int[] port = new int[1];
        node.connector().addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_START_EVENT)) {
                port[0] = node.port();
            }
        });

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining(
                        "does not resume TLS sessions from tickets: it has not asked Gangway for a TLS context")
                .hasMessageContaining("org.apache.coyote.http11.Http11NioProtocol");
        assertThat(port[0]).isPositive();
        assertThat(node.port()).as("it listens no more").isNegative();
    }

    @Test
    void init_twoListenersInOneServer_isRefused() {
        GangwayListener other = new GangwayListener();
        other.setKeys("random:");
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener)
                .with(other);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessageContaining("2 GangwayListeners in one <Server>", "keep one");
    }

    @Test
    void init_listenerThatServesAnotherServer_isRefusedAndTheOtherGoesOn() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener)
                .start()) {
            assertThat(node.port()).isPositive();
            TomcatNode other = new TomcatNode(folder.resolve("other"))
                    .withHost("_default_", keyStore("other"))
                    .with(listener);

            assertThatThrownBy(other::start).rootCause().hasMessageContaining("already serves another <Server>");

            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(notServed()).isEmpty();
        }
    }

    @Test
    void destroy_nothingKeepsTheServer() throws Exception {
        WeakReference<Tomcat> server = startAndDestroy();
        Await.collected("the server", () -> server.refersTo(null));
    }

    private WeakReference<Tomcat> startAndDestroy() throws Exception {
        GangwayListener own = new GangwayListener();
        own.setKeys("random:");
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(own)
                .start();
        node.protocol().reloadSslHostConfigs();
        node.close();
        return new WeakReference<>(node.tomcat);
    }

    @Test
    void start_hostThatNoClientCanName_keepsNobodyElseOut() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .withHost("my_service", keyStore("localhost2"))
                .withHost("*." + "a".repeat(60) + "." + "b".repeat(60) + ".example", keyStore("long"))
                .with(listener)
                .start()) {
            assertThat(node.port()).isPositive();
            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(listener.connectors()
                            .orElseThrow()
                            .served()
                            .get(0)
                            .testResult()
                            .detail())
                    .contains("its name is too long: some Java versions issue no tickets for it");
        }
    }

    @Test
    void state_connectorAddedLater_isNotSharingUntilItIsGone() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener)
                .start()) {
            Connector late = connector(keyStore("late"));
            node.tomcat.getService().addConnector(late);

            ManagerStatus status = listener.ticketKeyManager().orElseThrow().status();
            assertThat(status.state()).isEqualTo(State.CONNECTOR_NOT_SHARING);
            assertThat(status.fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .contains("connector 127.0.0.1:" + late.getLocalPort(), "was added after"));
            try (LogCapture log = new LogCapture()) {
                lookAround(node);
                lookAround(node);
                assertThat(lines(log, Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("A TLS connector does not share tickets");
            }

            late.stop();
            assertThat(state()).isEqualTo(State.SHARING);
        }
    }

    @Test
    void notServed_anotherTomcatWithTlsInTheProcess_isNamedInJmxAndInTheLog() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener)
                .start()) {
            assertThat(node.port()).isPositive();
            assertThat(notServed()).isEmpty();
            TomcatNode other = new TomcatNode(folder.resolve("other")).withHost("_default_", keyStore("other"));
            try (LogCapture log = new LogCapture();
                    TomcatNode management = other.start()) {
                assertThat(management.port()).isPositive();
                assertThat(notServed())
                        .singleElement()
                        .asString()
                        .contains(
                                "connector https-jsse-nio-127.0.0.1-auto-",
                                "of another Tomcat in this process uses TLS without Gangway");
                assertThat(state()).as("of this server").isEqualTo(State.SHARING);
                lookAround(node);
                assertThat(lines(log, Level.WARNING)).hasSize(1);
            }
            Await.until("the other server is gone", () -> notServed().isEmpty());
        }
    }

    @Test
    void reload_ofAllHosts_isTestedAgain() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .withHost("shop.example.com", keyStore("shop.example.com"))
                .with(listener)
                .start()) {
            assertThat(resumed()).isEqualTo(4);
            node.protocol().reloadSslHostConfigs();
            Await.until("each host is tested again", () -> resumed() >= 8);
            assertThat(state()).isEqualTo(State.SHARING);
        }
    }

    /** Tomcat can keep an HTTP/2 connection that is closed at once forever, with its TLS engine and context. */
    @Test
    void selfTest_connectorWithHttp2_makesNoConnectionOfHttp2() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener);
        node.connector().addUpgradeProtocol(new Http2Protocol() {
            @Override
            public Processor getProcessor(SocketWrapperBase<?> socket, Adapter adapter) {
                connections.incrementAndGet();
                return super.getProcessor(socket, adapter);
            }
        });
        try (TomcatNode started = node.start()) {
            long expected = resumed() + 2;
            started.protocol().reloadSslHostConfigs();
            Await.until("the new context is tested", () -> resumed() >= expected);
            AbstractProtocol<?> protocol =
                    (AbstractProtocol<?>) started.connector().getProtocolHandler();
            Await.until("the connections are over", () -> protocol.getWaitingProcessorCount() == 0);
            assertThat(connections).hasValue(0);
        }
    }

    @Test
    void reload_otherProtocols_areTheOnesThatAreTested() throws Exception {
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("localhost"))
                .with(listener)
                .start()) {
            SSLHostConfig host = node.host("_default_");
            host.setProtocols("TLSv1.3");
            node.protocol().reloadSslHostConfigs();
            Await.until(
                    "the new protocols are tested",
                    () -> listener.connectors()
                            .orElseThrow()
                            .served()
                            .get(0)
                            .testResult()
                            .detail()
                            .contains("[TLSv1.3]"));
            assertThat(state()).isEqualTo(State.SHARING);
        }
    }

    /** Runs the work that Tomcat does every ten seconds. */
    private void lookAround(TomcatNode node) {
        listener.lifecycleEvent(new LifecycleEvent(node.tomcat.getServer(), Lifecycle.PERIODIC_EVENT, null));
    }

    private Connector connector(Path keyStore) {
        Connector connector = new Connector(TomcatNode.NIO);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keyStore.toString());
        certificate.setCertificateKeystorePassword("changeit");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private Path keyStore(String host) {
        return Certificates.write(
                Certificates.keyStore(Certificates.server(host)), folder.resolve(host.replace('*', '_') + ".p12"));
    }

    private State state() {
        return listener.ticketKeyManager().orElseThrow().status().state();
    }

    private long resumed() {
        return listener.handshakes().orElseThrow().counts().stream()
                .mapToLong(HandshakeCounts::resumed)
                .sum();
    }

    private static List<String> notServed() {
        try {
            return List.of((String[]) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("dev.gangway:type=TicketKeys,name=Tomcat"), "NotServed"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(LogCapture log, Level level) {
        return log.at(level).stream()
                .filter(line -> !line.startsWith("Ticket keys"))
                .toList();
    }
}
