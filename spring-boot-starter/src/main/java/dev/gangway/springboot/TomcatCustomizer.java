package dev.gangway.springboot;

import dev.gangway.tomcat.GangwayListener;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Server;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Adds the listener to a Tomcat that has a TLS connector. */
final class TomcatCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {
    private final GangwaySettings settings;
    private final WithoutTls withoutTls;

    TomcatCustomizer(GangwaySettings settings, WithoutTls withoutTls) {
        this.settings = settings;
        this.withoutTls = withoutTls;
    }

    /** The last one, because others may add connectors. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (settings.isOn()) {
            // Called when the server has all of its connectors.
            factory.addContextCustomizers(context -> addListener(serverOf(context)));
        }
    }

    private void addListener(Server server) {
        if (listenersOf(server).findAny().isPresent()) {
            // The application's own.
            return;
        }
        if (!hasTls(server)) {
            withoutTls.log();
            return;
        }
        server.addLifecycleListener(newListener());
    }

    private GangwayListener newListener() {
        GangwayListener listener = new GangwayListener();
        GangwayProperties properties = settings.properties();
        GangwaySettings.set(properties.keys(), listener::setKeys);
        GangwaySettings.set(properties.engine(), listener::setEngine);
        GangwaySettings.set(properties.ticketLifetime(), listener::setTicketLifetime);
        GangwaySettings.set(properties.pollInterval(), listener::setPollInterval);
        GangwaySettings.set(properties.scope(), listener::setScope);
        GangwaySettings.set(properties.checkClientCertificates(), listener::setCheckClientCertificates);
        GangwaySettings.set(properties.requestAttributes(), listener::setRequestAttributes);
        settings.keySource().ifPresent(listener::setKeySource);
        return listener;
    }

    static Stream<GangwayListener> listenersOf(Server server) {
        return Stream.of(server.findLifecycleListeners())
                .filter(GangwayListener.class::isInstance)
                .map(GangwayListener.class::cast);
    }

    private static Server serverOf(Context context) {
        return ((Engine) context.getParent().getParent()).getService().getServer();
    }

    private static boolean hasTls(Server server) {
        return Stream.of(server.findServices())
                .flatMap(service -> Stream.of(service.findConnectors()))
                .anyMatch(connector -> connector.getProperty("SSLEnabled") instanceof Boolean enabled && enabled);
    }
}
