package dev.gangway.tomcat;

import dev.gangway.internal.context.TicketService;
import dev.gangway.tomcat.internal.HostSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;

/**
 * Which Gangway serves which TLS host.
 *
 * <p>Tomcat makes an {@code SSLImplementation} from nothing but its class name, so the listener cannot hand it anything.
 * What both get to see is the host configuration: the listener binds each one here, and the implementation finds it. The
 * map compares by identity ({@code SSLHostConfig} does not override {@code equals}), and has a host until its server is
 * destroyed.
 */
final class TicketHosts {
    private static final Map<SSLHostConfig, Binding> BINDINGS = new ConcurrentHashMap<>();

    private TicketHosts() {}

    static void bind(Connector connector, Binding binding) {
        for (SSLHostConfig host : connector.findSslHostConfigs()) {
            BINDINGS.put(host, binding);
        }
    }

    /** Ends what {@link #bind} began. A binding knows its connectors, and would keep them here for ever. */
    static void unbind(Connector connector) {
        for (SSLHostConfig host : connector.findSslHostConfigs()) {
            BINDINGS.remove(host);
        }
    }

    static Optional<Binding> of(SSLHostConfig host) {
        return Optional.ofNullable(BINDINGS.get(host));
    }

    /**
     * What a listener has for its hosts.
     *
     * @param checksClients whether the client certificates in tickets are checked on resumption
     * @param connectors all of the listener's connectors
     */
    record Binding(
            TicketService tickets, Engine engine, String scope, boolean checksClients, ServedConnectors connectors) {
        /** What a ticket-only context must know of {@code host}, as it is configured at this moment. */
        dev.gangway.internal.context.Connector connector(SSLHostConfig host) {
            return dev.gangway.internal.context.Connector.of(scope, HostSettings.clientAuth(host))
                    .trusting(HostSettings.trustSettings(host))
                    .checkingResumptions(checksClients);
        }
    }
}
