package dev.gangway.jetty;

import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.selftest.SocketTarget;
import dev.gangway.internal.selftest.SocketTarget.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;

/** The TLS properties of Jetty's connectors. */
final class TlsOfConnector {
    // Every HTTP server with ALPN supports one of them.
    private static final List<String> APPLICATION_PROTOCOLS = List.of("h2", "http/1.1");

    private TlsOfConnector() {}

    /** The connector's name, if it has one, its host, or {@code *} if it is not bound to one, and its port. */
    static String nameOf(Connector connector) {
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

    /** The host names in the certificates of {@code factory}. */
    static List<String> hostsOf(SslContextFactory factory) {
        Set<String> hosts = new TreeSet<>();
        for (String alias : factory.getAliases()) {
            X509 certificate = factory.getX509(alias);
            hosts.addAll(certificate.getHosts());
            certificate.getWilds().forEach(domain -> hosts.add("*." + domain));
        }
        return List.copyOf(hosts);
    }

    /** The protocol versions with which connectors of {@code factory} resume sessions. */
    static List<String> protocolsOf(GangwaySslContextFactory factory) {
        return proven(factory).stream().map(ProvenHandshake::protocol).toList();
    }

    static boolean uses(Connector connector, SslContextFactory factory) {
        return overTcp(connector).anyMatch(each -> each == factory);
    }

    /** Whether the connector uses TLS, including QUIC, without Gangway. */
    static boolean isWithoutGangway(Connector connector) {
        if (overTcp(connector).findAny().isPresent()) {
            return overTcp(connector).anyMatch(each -> !(each instanceof GangwaySslContextFactory));
        }
        // A connector for HTTP/3 takes certificates from a factory, and has its own TLS.
        return !connector.getContainedBeans(SslContextFactory.Server.class).isEmpty();
    }

    // A connection factory that detects TLS contains the TLS connection factory.
    private static Stream<SslContextFactory.Server> overTcp(Connector connector) {
        return connector.getContainedBeans(SslConnectionFactory.class).stream()
                .map(SslConnectionFactory::getSslContextFactory);
    }

    /** The connector of {@code connection}, if it can be determined. */
    static Optional<Connector> of(Connection connection) {
        Connection inside =
                connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
        if (inside instanceof NegotiatingServerConnection negotiating) {
            return Optional.of(negotiating.getConnector());
        }
        return inside instanceof ConnectionMetaData request ? Optional.of(request.getConnector()) : Optional.empty();
    }

    /**
     * How a test client connects to {@code connector}.
     *
     * @throws IllegalStateException if no test client can connect, with the reason
     */
    static SocketTarget target(Connector connector, GangwaySslContextFactory factory) {
        return new SocketTarget(
                SocketTarget.reachable(address(connector)),
                greetsAsProxy(connector),
                APPLICATION_PROTOCOLS,
                proven(factory).stream()
                        .map(handshake -> Visit.of(handshake, factory.getNeedClientAuth()))
                        .toList());
    }

    private static List<ProvenHandshake> proven(GangwaySslContextFactory factory) {
        return factory.getSslContext() instanceof TicketOnlySslContext context ? context.proven() : List.of();
    }

    private static SocketAddress address(Connector connector) {
        if (connector instanceof AbstractConnector accepting && !accepting.isAccepting()) {
            throw new IllegalStateException("it is configured not to accept connections");
        }
        if (connector instanceof ServerConnector shared && shared.isReusePort()) {
            throw new IllegalStateException(
                    "it shares its port with other processes (reusePort), which may answer instead");
        }
        if (connector.getTransport() instanceof ServerSocketChannel channel) {
            try {
                return channel.getLocalAddress();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("it has no server socket of its own");
    }

    private static boolean greetsAsProxy(Connector connector) {
        ConnectionFactory first = connector.getDefaultConnectionFactory();
        boolean proxy = first instanceof ProxyConnectionFactory;
        boolean tls = first instanceof SslConnectionFactory || first instanceof DetectorConnectionFactory;
        if (!proxy && !tls) {
            throw new IllegalStateException("its connections begin with protocol " + first.getProtocol()
                    + ", which the test client does not support");
        }
        return proxy;
    }
}
