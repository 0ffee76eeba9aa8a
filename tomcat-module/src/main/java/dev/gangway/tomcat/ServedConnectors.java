package dev.gangway.tomcat;

import dev.gangway.context.Gangway;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.selftest.ConnectorLog;
import dev.gangway.selftest.ConnectorView;
import dev.gangway.selftest.Evidence;
import dev.gangway.selftest.Retries;
import dev.gangway.selftest.SelfTest;
import dev.gangway.selftest.ServedConnector;
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
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The connectors a listener serves: each is tested when it has started, and again when one of its hosts has a new context. */
final class ServedConnectors implements ConnectorView, LifecycleListener {
    private static final ConnectorLog LOG = new ConnectorLog("dev.gangway.tomcat");

    private final Server server;
    private final List<Connector> served;
    private final Engine engine;
    private final Gangway gangway;
    private final Map<Connector, Evidence> evidence = new ConcurrentHashMap<>();
    private final ContextChanges changes = new ContextChanges(this::testAgain);
    private final Retries retries;
    private final Set<String> saidNotServed = new HashSet<>();

    /** @param served those of {@code server} that are to share tickets */
    ServedConnectors(Server server, List<Connector> served, Engine engine, Gangway gangway) {
        this.server = server;
        this.served = List.copyOf(served);
        this.engine = engine;
        this.gangway = gangway;
        this.retries = new Retries(this::testFailed, gangway.manager().policy().pollInterval());
    }

    /** Tests each connector from now on when it has started. One that fails has not. */
    void follow() {
        served.forEach(connector -> connector.addLifecycleListener(this));
    }

    /** Ends what {@link #follow} began. */
    void leave() {
        served.forEach(connector -> connector.removeLifecycleListener(this));
        changes.close();
        retries.close();
    }

    /** Called when a new context is about to be used, at start or in a reload. */
    void newContextOf(SSLHostConfigCertificate certificate) {
        // At start each connector is tested when all of its contexts are there.
        if (!evidence.isEmpty()) {
            changes.await(certificate);
        }
    }

    /** Says in the log which connectors do not share tickets, each once. */
    synchronized void sayNotServed() {
        Stream.concat(notServed().stream(), ofOtherServers().stream())
                .filter(saidNotServed::add)
                .forEach(words -> LOG.notServed(List.of(words)));
    }

    @Override
    public List<ServedConnector> served() {
        return served.stream()
                .filter(ServedConnectors::isOpen)
                .map(this::describe)
                .toList();
    }

    @Override
    public List<String> notServed() {
        return Connectors.of(server)
                .filter(connector -> isOpen(connector)
                        && !served.contains(connector)
                        && Connectors.speaksTls(connector)
                        && Connectors.otherImplementation(connector).isEmpty())
                .map(connector -> "connector " + Connectors.nameOf(connector)
                        + " uses TLS and was added after the server's initialisation: add it before, or give it an"
                        + " sslImplementationName of its own if it is to be left alone")
                .toList();
    }

    @Override
    public List<String> ofOtherServers() {
        return OtherTomcats.tlsConnectors(server).stream()
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
            case Lifecycle.BEFORE_STOP_EVENT -> {
                evidence.remove(connector);
                OtherTomcats.serves(connector, false);
            }
            default -> {}
        }
    }

    private void requireResumption(Connector connector) {
        OtherTomcats.serves(connector, true);
        ServedConnector tested = test(connector);
        if (hasFailed(connector)) {
            throw new IllegalStateException(
                    "connector " + tested.name() + " does not resume TLS sessions from tickets: "
                            + tested.evidence().detail());
        }
    }

    private void testAgain() {
        served.stream().filter(evidence::containsKey).forEach(this::test);
        if (served.stream().anyMatch(this::hasFailed)) {
            retries.begin();
        }
    }

    private boolean testFailed() {
        served.stream().filter(this::hasFailed).forEach(this::test);
        return served.stream().noneMatch(this::hasFailed);
    }

    private boolean hasFailed(Connector connector) {
        return evidence.getOrDefault(connector, Evidence.NOT_YET).kind() == Evidence.Kind.FAILED;
    }

    private ServedConnector test(Connector connector) {
        Evidence found = evidenceOf(connector);
        Evidence before = evidence.put(connector, found);
        ServedConnector tested = describe(connector);
        LOG.tested(tested, before);
        return tested;
    }

    private Evidence evidenceOf(Connector connector) {
        Optional<TicketOnlySslContext> any = Stream.of(connector.findSslHostConfigs())
                .flatMap(host -> Connectors.contextOf(host).stream())
                .findFirst();
        if (any.isEmpty()) {
            return Evidence.failed("it has not asked Gangway for a TLS context, so its protocol "
                    + connector.getProtocolHandlerClassName() + " must have another TLS implementation: use"
                    + " org.apache.coyote.http11.Http11NioProtocol");
        }
        return SelfTest.run(any.get().engine(), gangway.handshakes(), Connectors.target(connector));
    }

    private ServedConnector describe(Connector connector) {
        List<SSLHostConfig> hosts = Arrays.asList(connector.findSslHostConfigs());
        return new ServedConnector(
                Connectors.nameOf(connector),
                hosts.stream().map(SSLHostConfig::getHostName).sorted().toList(),
                engine.inUse(),
                hosts.stream().flatMap(Connectors::protocolsOf).distinct().toList(),
                evidence.getOrDefault(connector, Evidence.NOT_YET));
    }

    private static boolean isOpen(Connector connector) {
        return connector.getState() == LifecycleState.STARTED;
    }
}
