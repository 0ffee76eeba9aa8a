package dev.gangway.jetty.internal;

import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.jetty.TicketAttributesCustomizer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The methods that {@code etc/gangway.xml} of the Jetty module {@code gangway} calls. */
public final class GangwayModule {
    private GangwayModule() {}

    /**
     * Replaces {@code stock} with a {@link GangwaySslContextFactory} that has its settings, before any connector uses
     * it.
     *
     * @return the new factory, or {@code stock} if it already is one
     * @throws IllegalStateException if the class of {@code stock} is a subclass, or a connector already uses it
     */
    public static GangwaySslContextFactory replace(Server server, SslContextFactory.Server stock) {
        if (stock instanceof GangwaySslContextFactory present) {
            present.attachTo(server);
            return present;
        }
        requireUnused(server, stock);
        GangwaySslContextFactory factory = GangwaySslContextFactory.withSettingsOf(stock);
        server.removeBean(stock);
        server.addBean(factory);
        factory.attachTo(server);
        return factory;
    }

    /**
     * Sets the request attributes of the handshake, also on requests that are rejected because of their server name.
     */
    public static void showTickets(HttpConfiguration http) {
        // First, because customizers after one that rejects a request do not see it.
        http.getCustomizers().add(0, new TicketAttributesCustomizer());
    }

    private static void requireUnused(Server server, SslContextFactory.Server stock) {
        for (Connector connector : server.getConnectors()) {
            connector.getConnectionFactories().stream()
                    .filter(SslConnectionFactory.class::isInstance)
                    .map(SslConnectionFactory.class::cast)
                    .filter(factory -> factory.getSslContextFactory() == stock)
                    .findAny()
                    .ifPresent(factory -> {
                        throw new IllegalStateException("connector " + connector
                                + " was given 'sslContextFactory' before module 'gangway' could replace it:"
                                + " add gangway to the section [after] of the module that configures this connector");
                    });
        }
    }
}
