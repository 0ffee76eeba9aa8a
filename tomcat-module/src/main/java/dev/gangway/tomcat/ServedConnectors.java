package dev.gangway.tomcat;

import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.selftest.ConnectorLog;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.SelfTest;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.selftest.TestResult;
import dev.gangway.internal.selftest.TestedConnectors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * The connectors that a listener serves. Each is tested when it has started, and again when one of its hosts has a new
 * context.
 */
final class ServedConnectors implements ConnectorView, LifecycleListener {
    private static final ConnectorLog LOG = new ConnectorLog("dev.gangway.tomcat");

    private final Server server;
    private final List<Connector> served;
    private final Engine engine;
    private final TicketService tickets;
    private final TestedConnectors<Connector> tests = new TestedConnectors<>(new OfTomcat(), LOG);
    private final ContextChanges changes = new ContextChanges(tests::testAgain);
    private final Set<String> loggedNotServed = new HashSet<>();

    /** @param served the connectors of {@code server} that must share tickets */
    ServedConnectors(Server server, List<Connector> served, Engine engine, TicketService tickets) {
        this.server = server;
        this.served = List.copyOf(served);
        this.engine = engine;
        this.tickets = tickets;
        tests.begin(tickets.manager().policy().pollInterval());
    }

    /** Tests each connector from now on when it has started. If the test fails, so does the start. */
    void follow() {
        OtherTomcats.hasListener(server, true);
        served.forEach(connector -> connector.addLifecycleListener(this));
    }

    /** Reverts {@link #follow}. */
    void leave() {
        OtherTomcats.hasListener(server, false);
        served.forEach(connector -> connector.removeLifecycleListener(this));
        changes.close();
        tests.end();
    }

    /** Called when a new context is about to be used, at start or in a reload. */
    void newContextOf(SSLHostConfigCertificate certificate) {
        // At start, a connector is tested when it has all of its contexts.
        boolean isStarting = served.stream()
                .filter(connector -> !isOpen(connector))
                .anyMatch(
                        connector -> List.of(connector.findSslHostConfigs()).contains(certificate.getSSLHostConfig()));
        if (tests.hasAny() && !isStarting) {
            changes.await(certificate);
        }
    }

    /** Logs each connector that does not share tickets, once. */
    synchronized void logNotServed() {
        Stream.concat(notServed().stream(), ofOtherServers().stream())
                .filter(loggedNotServed::add)
                .forEach(words -> LOG.notServed(List.of(words)));
    }

    @Override
    public List<ServedConnector> served() {
        return served.stream()
                .filter(ServedConnectors::isOpen)
                .map(connector -> tests.lastOf(connector).orElseGet(() -> describe(connector, TestResult.NOT_YET)))
                .toList();
    }

    @Override
    public List<String> notServed() {
        Stream<String> failed = served.stream()
                .filter(connector -> connector.getState() == LifecycleState.FAILED)
                .map(connector -> "connector " + Connectors.nameOf(connector)
                        + " has failed to start: see the log, and start it again");
        return Stream.concat(failed, notCovered()).toList();
    }

    private Stream<String> notCovered() {
        return Connectors.of(server)
                .filter(connector -> isOpen(connector)
                        && !served.contains(connector)
                        && Connectors.speaksTls(connector)
                        && Connectors.otherImplementation(connector).isEmpty())
                .map(connector -> "connector " + Connectors.nameOf(connector)
                        + " uses TLS and was added after the server's initialisation: add it before, or set an"
                        + " sslImplementationName on it if Gangway must not serve it");
    }

    @Override
    public List<String> ofOtherServers() {
        return OtherTomcats.tlsConnectors().stream()
                .map(name -> "connector " + name + " of another Tomcat in this process uses TLS without Gangway: add a"
                        + " GangwayListener to that server as well")
                .toList();
    }

    @Override
    public String whenNoneIsKnown() {
        return "no connector of this server that uses TLS has started";
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        Connector connector = (Connector) event.getLifecycle();
        switch (event.getType()) {
            case Lifecycle.AFTER_START_EVENT -> requireResumption(connector);
            case Lifecycle.BEFORE_STOP_EVENT -> tests.closed(connector);
            default -> {}
        }
    }

    private void requireResumption(Connector connector) {
        tests.testOpened(connector);
        tests.failureOf(connector).ifPresent(reason -> {
            // Tomcat marks it as failed, and leaves it open.
            try {
                connector.stop();
            } catch (LifecycleException e) {
                throw new IllegalStateException(reason + "; it also cannot be stopped: " + e, e);
            }
            throw new IllegalStateException(reason);
        });
    }

    private ServedConnector describe(Connector connector, TestResult testResult) {
        List<SSLHostConfig> hosts = Arrays.asList(connector.findSslHostConfigs());
        return new ServedConnector(
                Connectors.nameOf(connector),
                hosts.stream().map(SSLHostConfig::getHostName).sorted().toList(),
                engine.inUse(),
                hosts.stream().flatMap(Connectors::protocolsOf).distinct().toList(),
                testResult);
    }

    private static boolean isOpen(Connector connector) {
        return connector.getState() == LifecycleState.STARTED;
    }

    private final class OfTomcat implements TestedConnectors.Container<Connector> {
        @Override
        public Stream<Connector> connectors() {
            return served.stream().filter(ServedConnectors::isOpen);
        }

        @Override
        public TestResult test(Connector connector, boolean wasReached) {
            Optional<TicketOnlySslContext> any = Stream.of(connector.findSslHostConfigs())
                    .flatMap(host -> Connectors.contextOf(host).stream())
                    .findFirst();
            if (any.isEmpty()) {
                return TestResult.failed("it has not asked Gangway for a TLS context, so its protocol "
                        + connector.getProtocolHandlerClassName() + " has its own TLS implementation: use"
                        + " org.apache.coyote.http11.Http11NioProtocol");
            }
            return SelfTest.run(any.get().engine(), tickets.handshakes(), Connectors.target(connector), wasReached);
        }

        @Override
        public ServedConnector describe(Connector connector, TestResult testResult) {
            return ServedConnectors.this.describe(connector, testResult);
        }
    }
}
