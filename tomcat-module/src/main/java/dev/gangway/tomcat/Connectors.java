package dev.gangway.tomcat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.selftest.SocketTarget;
import dev.gangway.internal.selftest.SocketTarget.Visit;
import dev.gangway.tomcat.internal.HostSettings;
import dev.gangway.tomcat.internal.JsseContextAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;

/** The properties of Tomcat's connectors. */
final class Connectors {
    // Every connector has it. Tomcat may keep a connection of HTTP/2 that is closed at once, and its TLS context, for
    // ever.
    private static final List<String> APPLICATION_PROTOCOLS = List.of("http/1.1");
    // A name that no host has: the connector takes it for a name of the wildcard host.
    private static final String NAME_UNDER_WILDCARD = "x";
    // Some Java versions issue no tickets for longer names.
    private static final int LONGEST_NAME = 127;

    private Connectors() {}

    static Stream<Connector> of(Server server) {
        return Stream.of(server.findServices()).flatMap(service -> Stream.of(service.findConnectors()));
    }

    static boolean speaksTls(Connector connector) {
        return connector.getProperty("SSLEnabled") instanceof Boolean enabled && enabled;
    }

    /** The implementation that an operator has set instead of Gangway's. */
    static Optional<Object> otherImplementation(Connector connector) {
        return Optional.ofNullable(connector.getProperty("sslImplementationName"))
                .filter(own -> !own.equals(GangwaySslImplementation.class.getName()));
    }

    /** The connector's address, or {@code *} if it is not bound to one, and its port; or the path of its socket. */
    static String nameOf(Connector connector) {
        return socketPath(connector)
                .orElseGet(() ->
                        addressOf(connector).map(InetAddress::getHostAddress).orElse("*") + ":"
                                + connector.getLocalPort());
    }

    /** The first of the host's contexts, if it has one from Gangway. */
    static Optional<TicketOnlySslContext> contextOf(SSLHostConfig host) {
        return host.getCertificates().stream()
                .flatMap(certificate -> certificate.getSslContext() instanceof JsseContextAdapter adapter
                        ? adapter.ticketOnly().stream()
                        : Stream.empty())
                .findFirst();
    }

    /** The protocol versions with which the host resumes sessions. */
    static Stream<String> protocolsOf(SSLHostConfig host) {
        return contextOf(host).stream()
                .flatMap(context -> context.proven().stream())
                .map(ProvenHandshake::protocol);
    }

    /** How a test client connects to {@code connector}. */
    static SocketTarget target(Connector connector) {
        SocketAddress bound = socketPath(connector)
                .<SocketAddress>map(UnixDomainSocketAddress::of)
                .orElseGet(() -> addressOf(connector)
                        .map(address -> new InetSocketAddress(address, connector.getLocalPort()))
                        .orElseGet(() -> new InetSocketAddress(connector.getLocalPort())));
        return new SocketTarget(
                SocketTarget.reachable(bound),
                false,
                APPLICATION_PROTOCOLS,
                Stream.of(connector.findSslHostConfigs())
                        .flatMap(host -> visits(connector, host))
                        .toList());
    }

    // Tomcat selects the host by the server name only; the context itself needs none.
    private static Stream<Visit> visits(Connector connector, SSLHostConfig host) {
        Optional<String> serverName = serverName(connector, host);
        if (serverName.filter(name -> !canBeSent(name)).isPresent()) {
            // A test client cannot select a host by this name.
            return Stream.empty();
        }
        return contextOf(host).stream()
                .flatMap(context -> context.proven().stream())
                .map(handshake -> handshake.withServerName(serverName))
                .map(handshake ->
                        serverName.filter(name -> name.length() > LONGEST_NAME).isPresent()
                                ? new Visit(
                                        handshake,
                                        Optional.of("its name is too long: some Java versions issue no tickets for it"))
                                : Visit.of(handshake, HostSettings.clientAuth(host) == ClientAuth.REQUIRED));
    }

    private static boolean canBeSent(String name) {
        try {
            return !new SNIHostName(name).getAsciiName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> serverName(Connector connector, SSLHostConfig host) {
        String name = host.getHostName();
        if (name.equalsIgnoreCase(String.valueOf(connector.getProperty("defaultSSLHostConfigName")))) {
            return Optional.empty();
        }
        return Optional.of(name.startsWith("*.") ? NAME_UNDER_WILDCARD + name.substring(1) : name);
    }

    private static Optional<String> socketPath(Connector connector) {
        return Optional.ofNullable(connector.getProperty("unixDomainSocketPath"))
                .map(Object::toString);
    }

    private static Optional<InetAddress> addressOf(Connector connector) {
        return connector.getProperty("address") instanceof InetAddress address
                ? Optional.of(address)
                : Optional.empty();
    }
}
