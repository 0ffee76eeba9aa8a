package dev.gangway.tomcat;

import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.selftest.ConnectorLog;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.Evidence;
import dev.gangway.internal.selftest.Retries;
import dev.gangway.internal.selftest.SelfTest;
import dev.gangway.internal.selftest.ServedConnector;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Connector, ServedConnector> tested = new ConcurrentHashMap<>();
    // A mark for each time that a connector is open, from its start to its stop.
    private final Map<Connector, Object> openings = new ConcurrentHashMap<>();
    private final ContextChanges changes = new ContextChanges(this::testAgain);
    private final Retries retries;
    private final Set<String> saidNotServed = new HashSet<>();

    /** @param served the connectors of {@code server} that must share tickets */
    ServedConnectors(Server server, List<Connector> served, Engine engine, TicketService tickets) {
        this.server = server;
        this.served = List.copyOf(served);
        this.engine = engine;
        this.tickets = tickets;
        this.retries = new Retries(this::testRest, tickets.manager().policy().pollInterval());
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
        retries.close();
    }

    /** Called when a new context is about to be used, at start or in a reload. */
    void newContextOf(SSLHostConfigCertificate certificate) {
        // At start, a connector is tested when it has all of its contexts.
        boolean isStarting = served.stream()
                .filter(connector -> !isOpen(connector))
                .anyMatch(
                        connector -> List.of(connector.findSslHostConfigs()).contains(certificate.getSSLHostConfig()));
        if (!tested.isEmpty() && !isStarting) {
            changes.await(certificate);
        }
    }

    /** Logs each connector that does not share tickets, once. */
    synchronized void sayNotServed() {
        Stream.concat(notServed().stream(), ofOtherServers().stream())
                .filter(saidNotServed::add)
                .forEach(words -> LOG.notServed(List.of(words)));
    }

    @Override
    public List<ServedConnector> served() {
        return served.stream()
                .filter(ServedConnectors::isOpen)
                .map(connector -> tested.getOrDefault(connector, describe(connector, Evidence.NOT_YET)))
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
            case Lifecycle.AFTER_START_EVENT -> {
                openings.put(connector, new Object());
                requireResumption(connector);
            }
            case Lifecycle.BEFORE_STOP_EVENT -> {
                openings.remove(connector);
                tested.remove(connector);
            }
            default -> {}
        }
    }

    private void requireResumption(Connector connector) {
        test(connector);
        if (hasFailed(connector)) {
            String reason = "connector " + Connectors.nameOf(connector)
                    + " does not resume TLS sessions from tickets: "
                    + tested.get(connector).evidence().detail();
            // Tomcat marks it as failed, and leaves it open.
            try {
                connector.stop();
            } catch (LifecycleException e) {
                throw new IllegalStateException(reason + "; it also cannot be stopped: " + e, e);
            }
            throw new IllegalStateException(reason);
        }
    }

    private void testAgain() {
        served.stream().filter(tested::containsKey).forEach(this::test);
        if (served.stream().anyMatch(this::isToBeTested)) {
            retries.begin();
        }
    }

    private boolean testRest() {
        served.stream().filter(this::isToBeTested).forEach(this::test);
        return served.stream().noneMatch(this::isToBeTested);
    }

    private boolean isToBeTested(Connector connector) {
        ServedConnector last = tested.get(connector);
        return last != null && last.evidence().isToBeRepeated();
    }

    private boolean hasFailed(Connector connector) {
        ServedConnector last = tested.get(connector);
        return last != null && last.evidence().kind() == Evidence.Kind.FAILED;
    }

    private void test(Connector connector) {
        ServedConnector before = tested.get(connector);
        Object opening = openings.get(connector);
        Evidence found = evidenceOf(connector, before != null && before.wasReached());
        // A test that the end of the server or of the connector has met says nothing.
        boolean isStillOpen = opening != null && openings.get(connector) == opening;
        if (isStillOpen && !Thread.currentThread().isInterrupted()) {
            ServedConnector now = describe(connector, found);
            tested.put(connector, now);
            LOG.tested(now, before == null ? null : before.evidence());
            if (found.kind() == Evidence.Kind.NOT_YET) {
                retries.begin();
            }
        }
    }

    // After any exception the state must change too.
    private Evidence evidenceOf(Connector connector, boolean wasReached) {
        try {
            Optional<TicketOnlySslContext> any = Stream.of(connector.findSslHostConfigs())
                    .flatMap(host -> Connectors.contextOf(host).stream())
                    .findFirst();
            if (any.isEmpty()) {
                return Evidence.failed("it has not asked Gangway for a TLS context, so its protocol "
                        + connector.getProtocolHandlerClassName() + " has its own TLS implementation: use"
                        + " org.apache.coyote.http11.Http11NioProtocol");
            }
            return SelfTest.run(any.get().engine(), tickets.handshakes(), Connectors.target(connector), wasReached);
        } catch (RuntimeException | Error e) {
            return Evidence.failed("the test ended with " + e);
        }
    }

    private ServedConnector describe(Connector connector, Evidence evidence) {
        List<SSLHostConfig> hosts = Arrays.asList(connector.findSslHostConfigs());
        return new ServedConnector(
                Connectors.nameOf(connector),
                hosts.stream().map(SSLHostConfig::getHostName).sorted().toList(),
                engine.inUse(),
                hosts.stream().flatMap(Connectors::protocolsOf).distinct().toList(),
                evidence);
    }

    private static boolean isOpen(Connector connector) {
        return connector.getState() == LifecycleState.STARTED;
    }
}
