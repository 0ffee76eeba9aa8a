package dev.gangway.jetty;

import dev.gangway.internal.selftest.ConnectorLog;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.selftest.SocketTarget;
import dev.gangway.internal.selftest.TestResult;
import dev.gangway.internal.selftest.TestedConnectors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * The connectors that use a factory. Each is tested when it is opened, and again after a reload. A factory cannot find
 * its connectors: it gets their server, or learns it from the first connection.
 */
final class ServedConnectors implements ConnectorView {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");
    private static final ConnectorLog CONNECTOR_LOG = new ConnectorLog("dev.gangway.jetty");

    private final GangwaySslContextFactory factory;
    // Weak, because a factory may be used with several servers in succession.
    private final Set<Server> servers = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final TestedConnectors<Connector> tests = new TestedConnectors<>(new OfJetty(), CONNECTOR_LOG);
    // Where connections came in: whatever is to be learned from them has been.
    private final Set<InetSocketAddress> seen = ConcurrentHashMap.newKeySet();
    private final Listener listener = new Listener();
    private volatile boolean canLearn = true;

    ServedConnectors(GangwaySslContextFactory factory) {
        this.factory = factory;
    }

    /**
     * Tests the connectors of {@code server} whenever they open. A connector that fails the test does not start.
     *
     * @throws IllegalStateException if a connector is already open and fails
     */
    void attachTo(Server server) {
        if (follow(server)) {
            open(server).filter(this::isServed).forEach(connector -> {
                tests.testRunning(connector);
                requireResumption(connector);
            });
        }
    }

    private boolean follow(Server server) {
        // Reports the present connectors, and each that is added later.
        return servers.add(server) && server.addEventListener(listener);
    }

    @Override
    public List<ServedConnector> served() {
        return open().filter(this::isServed)
                .map(connector -> tests.lastOf(connector).orElseGet(() -> notTested(connector)))
                .toList();
    }

    @Override
    public List<String> notServed() {
        return open().filter(connector -> TlsOfConnector.isWithoutGangway(connector) && !isLeftAlone(connector))
                .map(connector ->
                        "connector " + TlsOfConnector.nameOf(connector) + " uses TLS without Gangway: give it a"
                                + " GangwaySslContextFactory, or name it in leaveAlone (gangway.leaveAlone)")
                .toList();
    }

    @Override
    public String whenNoneIsKnown() {
        return servers.isEmpty()
                ? "call attachTo(server) of the GangwaySslContextFactory, or wait for the first connection"
                : "no connector that uses the GangwaySslContextFactory is open";
    }

    /** Starts repeating failed tests on the running server. */
    void begin(Duration pause) {
        tests.begin(pause);
    }

    /** Tests all open connectors, after a change of their context or settings. */
    void testAgain() {
        open().filter(this::isServed).forEach(tests::testRunning);
    }

    /** The connectors may be others after the next start. */
    void end() {
        tests.end();
        seen.clear();
    }

    /** Called for each connection. Never throws, because an exception would close the connection. */
    void onHandshake(SslHandshakeListener.Event event) {
        if (canLearn) {
            try {
                learnFrom(event);
            } catch (RuntimeException | LinkageError e) {
                // Early versions of Jetty 12.0 do not provide the end point.
                canLearn = false;
                LOG.log(
                        Level.DEBUG,
                        "Cannot find the connector of a connection; call attachTo(server) of the"
                                + " GangwaySslContextFactory",
                        e);
            }
        }
    }

    private void learnFrom(SslHandshakeListener.Event event) {
        if (event.getEndPoint().getLocalSocketAddress() instanceof InetSocketAddress local && seen.add(local)) {
            TlsOfConnector.of(event.getEndPoint().getConnection())
                    .map(Connector::getServer)
                    .filter(this::follow)
                    .ifPresent(this::testInBackground);
        }
    }

    // A connection's thread must not wait for another connection.
    private void testInBackground(Server server) {
        tests.soon(() -> {
            open(server).filter(this::isServed).forEach(tests::testRunning);
            CONNECTOR_LOG.notServed(notServed());
        });
    }

    private void requireResumption(Connector connector) {
        tests.failureOf(connector).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    // Without the factory's own settings, because they must not be read during a reload.
    private ServedConnector notTested(Connector connector) {
        return new ServedConnector(
                TlsOfConnector.nameOf(connector), List.of(), factory.getEngine(), List.of(), TestResult.NOT_YET);
    }

    private Stream<Connector> open() {
        synchronized (servers) {
            return List.copyOf(servers).stream().flatMap(ServedConnectors::open);
        }
    }

    private static Stream<Connector> open(Server server) {
        return Stream.of(server.getConnectors()).filter(Connector::isStarted);
    }

    private boolean isServed(Connector connector) {
        return TlsOfConnector.uses(connector, factory);
    }

    private boolean isLeftAlone(Connector connector) {
        return factory.leftAlone().stream()
                .anyMatch(each -> each.equals(connector.getName())
                        || each.equals(connector.getDefaultConnectionFactory().getProtocol()));
    }

    private final class OfJetty implements TestedConnectors.Container<Connector> {
        @Override
        public Stream<Connector> connectors() {
            return open().filter(ServedConnectors.this::isServed);
        }

        @Override
        public TestResult test(Connector connector, boolean wasReached) {
            SocketTarget target;
            try {
                target = TlsOfConnector.target(connector, factory);
            } catch (IllegalStateException e) {
                return TestResult.inMemoryOnly(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                return TestResult.failed("its address cannot be read: " + e);
            }
            return factory.test(target, wasReached);
        }

        @Override
        public ServedConnector describe(Connector connector, TestResult testResult) {
            return new ServedConnector(
                    TlsOfConnector.nameOf(connector),
                    TlsOfConnector.hostsOf(factory),
                    factory.getEngine(),
                    TlsOfConnector.protocolsOf(factory),
                    testResult);
        }
    }

    private final class Listener implements Container.Listener, LifeCycle.Listener {
        @Override
        public void beanAdded(Container parent, Object child) {
            if (child instanceof Connector connector) {
                connector.addEventListener(this);
            }
        }

        @Override
        public void beanRemoved(Container parent, Object child) {
            if (child instanceof Connector connector) {
                connector.removeEventListener(this);
                tests.closed(connector);
            }
        }

        @Override
        public void lifeCycleStarted(LifeCycle started) {
            if (started instanceof Server) {
                CONNECTOR_LOG.notServed(notServed());
            } else if (started instanceof Connector connector && isServed(connector)) {
                tests.testOpened(connector);
                try {
                    requireResumption(connector);
                } catch (IllegalStateException e) {
                    LifeCycle.stop(connector);
                    throw e;
                }
            }
        }

        @Override
        public void lifeCycleStopping(LifeCycle stopping) {
            if (stopping instanceof Connector connector) {
                tests.closing(connector);
            }
        }

        @Override
        public void lifeCycleStopped(LifeCycle stopped) {
            if (stopped instanceof Connector connector) {
                tests.closed(connector);
            }
        }
    }
}
