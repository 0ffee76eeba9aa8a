package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.LogCapture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The self-tests of connectors, and what a server reports about them. */
@Tag("container")
class ConnectorSelfTestTest {
    @TempDir
    Path folder;

    private final Server server = new Server();
    private final GangwaySslContextFactory tls = new GangwaySslContextFactory();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void start_connectorThatResumes_isTestedInBothVersionsAndCounted(String engine) throws Exception {
        tls.setEngine(engine);
        List<String> requests = new CopyOnWriteArrayList<>();
        server.setRequestLog((request, response) -> requests.add(request.toString()));
        try (LogCapture log = new LogCapture()) {
            ServerConnector connector = start(new ServerConnector(server, configured(tls, "localhost")));

            assertThat(state()).isEqualTo(State.SHARING);
            assertThat(lines(log, Level.INFO))
                    .containsExactly("Connector *:" + connector.getLocalPort()
                            + " resumes TLS sessions from tickets only: hosts [localhost], engine " + engine
                            + ", protocols [TLSv1.3, TLSv1.2]. Tested through its socket: a client resumed with"
                            + " [TLSv1.3,"
                            + " TLSv1.2] at /127.0.0.1:" + connector.getLocalPort());
        }
        assertThat(tls.handshakes().orElseThrow().counts())
                .extracting(HandshakeCounts::toString)
                .containsExactly(
                        "none TLSv1.2: 1 resumed, 1 full, 0 failed", "none TLSv1.3: 1 resumed, 1 full, 0 failed");
        assertThat(requests).as("access log").isEmpty();
    }

    @Test
    void start_everyWayAClientComesIn_isTestedThroughTheSocket() throws Exception {
        configured(tls, "localhost");
        HttpConnectionFactory http = new HttpConnectionFactory();
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("http/1.1");
        alpn.setDefaultProtocol("http/1.1");
        SslConnectionFactory overTls = new SslConnectionFactory(tls, "http/1.1");
        List<ServerConnector> connectors = List.of(
                new ServerConnector(server, overTls, http),
                new ServerConnector(server, new SslConnectionFactory(tls, "alpn"), alpn, http),
                new ServerConnector(server, new ProxyConnectionFactory(overTls.getProtocol()), overTls, http),
                new ServerConnector(server, new DetectorConnectionFactory(overTls), http),
                new ServerConnector(server, null, null, null, 0, 1, overTls, http));
        connectors.get(0).setHost("127.0.0.2");
        connectors.forEach(server::addConnector);
        tls.attachTo(server);

        server.start();

        assertThat(tls.getServedConnectors()).hasSize(connectors.size());
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(resumed()).as("each connector, each version").isEqualTo(2L * connectors.size());
    }

    @Test
    void start_serverNameRequired_isGivenOneOfTheCertificates() throws Exception {
        tls.setEngine("conscrypt");
        configured(tls, "shop.example.com");
        tls.setSniRequired(true);
        start(new ServerConnector(server, tls));
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(resumed()).isEqualTo(2);
    }

    @Test
    void start_clientCertificateDemanded_isSaidToBeTestedInMemoryOnly() throws Exception {
        configured(tls, "localhost");
        tls.setNeedClientAuth(true);
        try (LogCapture log = new LogCapture()) {
            start(new ServerConnector(server, tls));
            assertThat(lines(log, Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("Tested in memory only: a client certificate is required");
        }
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(resumed()).isZero();
    }

    @Test
    void start_clientCertificateWanted_isTestedThroughTheSocket() throws Exception {
        configured(tls, "localhost");
        tls.setWantClientAuth(true);
        start(new ServerConnector(server, tls));
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(resumed()).isEqualTo(2);
    }

    @Test
    void start_connectorThatAcceptsNothing_isSaidToBeTestedInMemoryOnly() throws Exception {
        ServerConnector connector = new ServerConnector(server, configured(tls, "localhost"));
        connector.setAccepting(false);
        try (LogCapture log = new LogCapture()) {
            start(connector);
            assertThat(lines(log, Level.INFO))
                    .singleElement()
                    .asString()
                    .endsWith("Tested in memory only: it is configured not to accept connections");
        }
    }

    @Test
    void start_nothingWorksAtTheSocket_isRefusedAndNothingListens() throws Exception {
        configured(tls, "localhost");
        ServerConnector connector = new ServerConnector(server, new SslConnectionFactory(tls, "broken"), new Broken());
        server.addConnector(connector);
        connector.open();
        int port = connector.getLocalPort();
        tls.attachTo(server);

        assertThatThrownBy(server::start)
                .hasMessageContaining("connector *:" + port + " does not resume TLS sessions from tickets")
                .hasMessageContaining("the full TLSv1.3 handshake fails");

        assertThat(connector.isOpen()).isFalse();
        assertThat(tls.getTicketKeyState()).isNotEqualTo("SHARING");
    }

    @Test
    void start_anotherFactoryAnswers_isRefused() throws Exception {
        configured(tls, "localhost");
        SslContextFactory.Server stock = configured(new SslContextFactory.Server(), "localhost");
        SslConnectionFactory replaced = new SslConnectionFactory(tls, "http/1.1") {
            @Override
            public Connection newConnection(Connector connector, EndPoint endPoint) {
                SslConnectionFactory other = new SslConnectionFactory(stock, "http/1.1");
                return other.newConnection(connector, endPoint);
            }
        };
        server.addBean(stock);
        server.addConnector(new ServerConnector(server, replaced, new HttpConnectionFactory()));
        tls.attachTo(server);

        assertThatThrownBy(server::start).hasMessageContaining("was not sealed with a key of this server");
    }

    @Test
    void state_anotherConnectorWithoutGangway_isNotSharingUntilItIsLeftAlone() throws Exception {
        start(new ServerConnector(server, configured(tls, "localhost")));
        ServerConnector other = new ServerConnector(server, configured(new SslContextFactory.Server(), "localhost"));
        other.setName("admin");
        server.addConnector(other);
        other.start();

        ManagerStatus status = tls.ticketKeyManager().orElseThrow().status();
        assertThat(status.state()).isEqualTo(State.CONNECTOR_NOT_SHARING);
        assertThat(status.fault())
                .hasValueSatisfying(fault -> assertThat(fault)
                        .contains(
                                "connector admin *:" + other.getLocalPort() + " uses TLS without Gangway",
                                "leaveAlone"));

        tls.setLeaveAlone("other, admin");
        assertThat(state()).isEqualTo(State.SHARING);
    }

    @Test
    void start_anotherConnectorWithoutGangway_isSaidInTheLog() throws Exception {
        server.addConnector(new ServerConnector(server, configured(new SslContextFactory.Server(), "localhost")));
        try (LogCapture log = new LogCapture()) {
            start(new ServerConnector(server, configured(tls, "localhost")));
            assertThat(lines(log, Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("A TLS connector does not share tickets", "uses TLS without Gangway");
        }
    }

    @Test
    void state_serverIsNotKnown_isNotTestedUntilTheFirstConnection() throws Exception {
        ServerConnector connector = new ServerConnector(server, configured(tls, "localhost"));
        server.addConnector(connector);
        server.start();
        ManagerStatus status = tls.ticketKeyManager().orElseThrow().status();
        assertThat(status.state()).isEqualTo(State.NOT_TESTED);
        assertThat(status.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("attachTo(server)"));

        HttpsClient.of("TLSv1.3").get(connector.getLocalPort());

        awaitState(State.SHARING);
    }

    @Test
    void attachTo_serverThatRuns_isTestedAtOnce() throws Exception {
        server.addConnector(new ServerConnector(server, configured(tls, "localhost")));
        server.start();
        tls.attachTo(server);
        assertThat(state()).isEqualTo(State.SHARING);
    }

    @Test
    void reload_socketNoLongerWorks_turnsTheStateAndTheNextReloadBack() throws Exception {
        configured(tls, "localhost");
        Switchable http = new Switchable();
        start(new ServerConnector(server, new SslConnectionFactory(tls, "switchable"), http));
        assertThat(state()).isEqualTo(State.SHARING);

        http.broken = true;
        try (LogCapture log = new LogCapture()) {
            tls.reload(factory -> {});
            assertThat(lines(log, Level.SEVERE))
                    .singleElement()
                    .asString()
                    .contains("does not resume TLS sessions from tickets");
        }
        assertThat(state()).isEqualTo(State.CONNECTOR_NOT_SHARING);

        http.broken = false;
        tls.reload(factory -> {});
        assertThat(state()).isEqualTo(State.SHARING);
    }

    @Test
    void reload_socketWorksAgainLater_turnsTheStateByItselfAndTheLogSaysBothOnce() throws Exception {
        configured(tls, "localhost");
        tls.setPollInterval("100ms");
        Switchable http = new Switchable();
        start(new ServerConnector(server, new SslConnectionFactory(tls, "switchable"), http));
        try (LogCapture log = new LogCapture()) {
            http.broken = true;
            tls.reload(factory -> {});
            long tests = http.refused.get();
            Await.until("it is tested again", () -> http.refused.get() > tests + 4);
            assertThat(state()).isEqualTo(State.CONNECTOR_NOT_SHARING);

            http.broken = false;
            awaitState(State.SHARING);
            assertThat(lines(log, Level.SEVERE)).hasSize(1);
            assertThat(lines(log, Level.INFO)).hasSize(1);
        }
    }

    @Test
    void state_connectorStopped_isNotTestedAndWhenItStartsAgainSharing() throws Exception {
        ServerConnector connector = start(new ServerConnector(server, configured(tls, "localhost")));
        connector.stop();
        assertThat(tls.getServedConnectors()).isEmpty();
        connector.start();
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(resumed())
                .as("counted from zero, because the factory starts again with its connector")
                .isEqualTo(2);
    }

    private ServerConnector start(ServerConnector connector) throws Exception {
        server.addConnector(connector);
        tls.attachTo(server);
        server.start();
        return connector;
    }

    private <F extends SslContextFactory.Server> F configured(F factory, String host) {
        factory.setKeyStore(Certificates.keyStore(Certificates.server(host)));
        factory.setKeyStorePassword("changeit");
        if (factory instanceof GangwaySslContextFactory gangway) {
            gangway.setKeys("random:");
        }
        return factory;
    }

    private State state() {
        return tls.ticketKeyManager().orElseThrow().status().state();
    }

    private void awaitState(State wanted) throws InterruptedException {
        Await.until("state " + wanted, () -> state() == wanted);
    }

    private long resumed() {
        return tls.handshakes().orElseThrow().counts().stream()
                .mapToLong(HandshakeCounts::resumed)
                .sum();
    }

    private static List<String> lines(LogCapture log, Level level) {
        return log.at(level).stream()
                .filter(line -> !line.startsWith("Ticket keys"))
                .toList();
    }

    /** The protocol after TLS on a connector with an incomplete class path. */
    private static final class Broken extends AbstractConnectionFactory {
        Broken() {
            super("broken");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            throw new NoClassDefFoundError("com/example/Missing");
        }
    }

    private static final class Switchable extends AbstractConnectionFactory {
        private final HttpConnectionFactory http = new HttpConnectionFactory();
        final AtomicLong refused = new AtomicLong();
        volatile boolean broken;

        Switchable() {
            super("switchable");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            if (broken) {
                refused.incrementAndGet();
                throw new IllegalStateException("switched off");
            }
            return http.newConnection(connector, endPoint);
        }
    }
}
