package dev.gangway.tomcat;

import dev.gangway.internal.context.TicketService;
import dev.gangway.tomcat.internal.HostSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;

/**
 * The binding of each TLS host to its listener.
 *
 * <p>Tomcat creates an {@code SSLImplementation} from its class name, so the listener cannot pass it anything. Both can
 * access the host configuration: the listener binds each one here, and the implementation looks it up. The map compares
 * by identity ({@code SSLHostConfig} does not override {@code equals}), and contains a host until its server is
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

    /**
     * Reverts {@link #bind} for all hosts of a listener, also for those that its connectors no longer have: a reload may
     * replace a host by another one. A binding refers to its connectors, and would keep them in memory.
     */
    static void unbind(ServedConnectors connectors) {
        BINDINGS.values().removeIf(binding -> binding.connectors() == connectors);
    }

    static Optional<Binding> of(SSLHostConfig host) {
        return Optional.ofNullable(BINDINGS.get(host));
    }

    /**
     * The parts of a listener that its hosts need.
     *
     * @param checksClients whether the client certificates in tickets are checked on resumption
     * @param connectors all of the listener's connectors
     */
    record Binding(
            TicketService tickets, Engine engine, String scope, boolean checksClients, ServedConnectors connectors) {
        /** The connector properties of {@code host}, with its present configuration. */
        dev.gangway.internal.context.Connector connector(SSLHostConfig host) {
            return dev.gangway.internal.context.Connector.of(scope, HostSettings.clientAuth(host))
                    .trusting(HostSettings.trustSettings(host))
                    .checkingResumptions(checksClients);
        }
    }
}
