package dev.gangway.jetty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.X509;

/**
 * The connectors that use a factory. A factory cannot find its connectors: it is told their server, or learns it from the first
 * connection.
 */
final class ServedConnectors {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    private final GangwaySslContextFactory factory;
    private final Set<Server> servers = ConcurrentHashMap.newKeySet();
    // Where connections came in: whatever is to be learned from them has been.
    private final Set<InetSocketAddress> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> announced = ConcurrentHashMap.newKeySet();
    private volatile boolean canLearn = true;

    ServedConnectors(GangwaySslContextFactory factory) {
        this.factory = factory;
    }

    /** Announces the connectors of {@code server} when it has started. */
    void follow(Server server) {
        if (servers.add(server)) {
            server.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStarted(LifeCycle started) {
                    announce();
                }
            });
        }
    }

    /** Called for each connection. Never throws, because the connection would not survive that. */
    void onHandshake(SslHandshakeListener.Event event) {
        if (canLearn) {
            try {
                learnFrom(event.getEndPoint());
            } catch (RuntimeException | LinkageError e) {
                // Early versions of Jetty 12.0 do not tell the end point.
                canLearn = false;
                LOG.log(Level.DEBUG, "The connectors that are served cannot be learned from connections", e);
            }
        }
    }

    private void learnFrom(EndPoint endPoint) {
        if (endPoint.getLocalSocketAddress() instanceof InetSocketAddress local && seen.add(local)) {
            connectorOf(endPoint.getConnection()).map(Connector::getServer).ifPresent(server -> {
                servers.add(server);
                announce();
            });
        }
    }

    /** Each connector that is open: its name, if it has one, its host, if it is bound to one, and its port. */
    List<String> describe() {
        Set<String> all = new TreeSet<>();
        connectors().map(ServedConnectors::describe).forEach(all::add);
        return List.copyOf(all);
    }

    /** They may be others after the next start. */
    void forget() {
        seen.clear();
        announced.clear();
    }

    private Stream<Connector> connectors() {
        return servers.stream()
                .flatMap(server -> Stream.of(server.getConnectors()))
                .filter(Connector::isRunning)
                .filter(connector -> connector.getConnectionFactories().stream()
                        .anyMatch(each ->
                                each instanceof SslConnectionFactory tls && tls.getSslContextFactory() == factory));
    }

    private void announce() {
        for (String connector : describe()) {
            if (announced.add(connector)) {
                LOG.log(
                        Level.INFO,
                        "Connector {0} resumes TLS sessions from tickets alone: hosts {1}, engine {2}, protocols {3}. That another"
                                + " node with the same keys does so too was proven in memory.",
                        connector,
                        hosts(),
                        factory.getEngine(),
                        List.of(factory.getSelectedProtocols()));
            }
        }
    }

    private Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        for (String alias : factory.getAliases()) {
            X509 certificate = factory.getX509(alias);
            hosts.addAll(certificate.getHosts());
            certificate.getWilds().forEach(domain -> hosts.add("*." + domain));
        }
        return hosts;
    }

    private static String describe(Connector connector) {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(connector.getName()).ifPresent(parts::add);
        if (connector instanceof NetworkConnector network) {
            String host = network.getHost() == null ? "*" : network.getHost();
            parts.add(host + ":" + network.getLocalPort());
        } else {
            parts.add(connector.toString());
        }
        return String.join(" ", parts);
    }

    private static Optional<Connector> connectorOf(Connection connection) {
        Connection inside =
                connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
        if (inside instanceof NegotiatingServerConnection negotiating) {
            return Optional.of(negotiating.getConnector());
        }
        return inside instanceof ConnectionMetaData request ? Optional.of(request.getConnector()) : Optional.empty();
    }
}
