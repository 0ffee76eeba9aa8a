package dev.gangway.springboot;

import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.jetty.TicketAttributesCustomizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Replaces the TLS configuration of a Jetty's connectors by one with tickets, which has all of its settings. */
final class JettyCustomizer implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory>, Ordered {
    private final GangwaySettings settings;
    private final WithoutTls withoutTls;

    JettyCustomizer(GangwaySettings settings, WithoutTls withoutTls) {
        this.settings = settings;
        this.withoutTls = withoutTls;
    }

    /** The last one, because others may add connectors and change their TLS settings. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        if (settings.isOn()) {
            Optional<BundleReload> reload = factory instanceof AbstractConfigurableWebServerFactory known
                    ? BundleReload.of(known)
                    : Optional.empty();
            factory.addServerCustomizers(server -> replaceTls(server, reload));
        }
    }

    private void replaceTls(Server server, Optional<BundleReload> reload) {
        List<AbstractConnector> connectors = connectorsWithTls(server).toList();
        if (connectors.isEmpty()) {
            withoutTls.log();
        }
        for (AbstractConnector connector : connectors) {
            SslConnectionFactory stock = connector.getConnectionFactory(SslConnectionFactory.class);
            if (!(stock.getSslContextFactory() instanceof GangwaySslContextFactory)) {
                GangwaySslContextFactory tls = GangwaySslContextFactory.withSettingsOf(stock.getSslContextFactory());
                giveSettingsTo(tls);
                replace(connector, stock, tls);
                addAttributes(connector);
                tls.attachTo(server);
                reload.ifPresent(bundle -> bundle.reach(tls));
            }
        }
    }

    private void giveSettingsTo(GangwaySslContextFactory tls) {
        GangwayProperties properties = settings.properties();
        GangwaySettings.set(properties.keys(), tls::setKeys);
        GangwaySettings.set(properties.engine(), tls::setEngine);
        GangwaySettings.set(properties.ticketLifetime(), tls::setTicketLifetime);
        GangwaySettings.set(properties.pollInterval(), tls::setPollInterval);
        GangwaySettings.set(properties.scope(), tls::setScope);
        GangwaySettings.set(properties.checkClientCertificates(), tls::setCheckClientCertificates);
        settings.keySource().ifPresent(tls::setKeySource);
    }

    static Stream<GangwaySslContextFactory> factoriesOf(Server server) {
        return connectorsWithTls(server)
                .map(connector -> connector.getConnectionFactory(SslConnectionFactory.class))
                .map(SslConnectionFactory::getSslContextFactory)
                .filter(GangwaySslContextFactory.class::isInstance)
                .map(GangwaySslContextFactory.class::cast)
                .distinct();
    }

    private static Stream<AbstractConnector> connectorsWithTls(Server server) {
        return Stream.of(server.getConnectors())
                .filter(AbstractConnector.class::isInstance)
                .map(AbstractConnector.class::cast)
                .filter(connector -> connector.getConnectionFactory(SslConnectionFactory.class) != null);
    }

    private static void replace(AbstractConnector connector, SslConnectionFactory stock, GangwaySslContextFactory tls) {
        if (stock.getClass() != SslConnectionFactory.class) {
            throw new IllegalStateException(
                    "a connector has a " + stock.getClass().getName()
                            + ", whose behaviour Gangway cannot take over: give it a GangwaySslContextFactory of your own");
        }
        SslConnectionFactory ssl = new SslConnectionFactory(tls, stock.getNextProtocol());
        ssl.setDirectBuffersForEncryption(stock.isDirectBuffersForEncryption());
        ssl.setDirectBuffersForDecryption(stock.isDirectBuffersForDecryption());
        ssl.setEnsureSecureRequestCustomizer(stock.isEnsureSecureRequestCustomizer());
        ssl.setInputBufferSize(stock.getInputBufferSize());
        List<ConnectionFactory> factories = new ArrayList<>(connector.getConnectionFactories());
        factories.replaceAll(each -> each == stock ? ssl : each);
        connector.setConnectionFactories(factories);
    }

    // Before the SecureRequestCustomizer, so that requests that it rejects have the attributes too.
    private static void addAttributes(AbstractConnector connector) {
        connector.getConnectionFactories().stream()
                .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                .map(each -> ((HttpConfiguration.ConnectionFactory) each)
                        .getHttpConfiguration()
                        .getCustomizers())
                .filter(customizers -> customizers.stream().noneMatch(TicketAttributesCustomizer.class::isInstance))
                .forEach(customizers -> customizers.add(0, new TicketAttributesCustomizer()));
    }
}
