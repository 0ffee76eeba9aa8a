package dev.gangway.jetty.internal;

import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.jetty.TicketAttributesCustomizer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What {@code etc/gangway.xml} of the Jetty module {@code gangway} calls. */
public final class GangwayModule {
    private GangwayModule() {}

    /**
     * Puts a {@link GangwaySslContextFactory} with the settings of {@code stock} in its place, before any connector uses it.
     *
     * @return the new factory, or {@code stock} itself if it is one already
     * @throws IllegalStateException if {@code stock} has a class of its own, or a connector already uses it
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

    /** Has requests show what became of their connection's ticket, those that are rejected for their server name too. */
    public static void showTickets(HttpConfiguration http) {
        // Others may reject a request, and then it is seen by no customizer after them.
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
                                + " write gangway under [after] in the module that configures this connector");
                    });
        }
    }
}
