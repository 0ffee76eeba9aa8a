package dev.gangway.springboot;

import dev.gangway.TicketKeysMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * The servers of an application that share tickets: its own, {@code server}, and that of a management port, {@code
 * management}. Its listeners hear of each start.
 */
final class RunningServers implements ApplicationListener<WebServerInitializedEvent> {
    private static final boolean HAS_TOMCAT = isPresent("org.springframework.boot.tomcat.TomcatWebServer");
    private static final boolean HAS_JETTY = isPresent("org.springframework.boot.jetty.JettyWebServer");

    private final Map<String, WebServer> servers = new ConcurrentSkipListMap<>();

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        servers.put(nameOf(event), event.getWebServer());
    }

    static String nameOf(WebServerInitializedEvent event) {
        return Optional.ofNullable(event.getApplicationContext().getServerNamespace())
                .orElse("server");
    }

    /** By name; without those that have no TLS or are stopped. */
    Map<String, TicketKeysMXBean> ticketKeys() {
        Map<String, TicketKeysMXBean> present = new ConcurrentSkipListMap<>();
        servers.forEach((name, server) -> present.putAll(ticketKeysOf(name, server)));
        return present;
    }

    /**
     * The ticket keys of one server under its name. On Jetty each connector with TLS has its own, and those after the
     * first one are numbered, such as {@code server-2}.
     */
    static Map<String, TicketKeysMXBean> ticketKeysOf(String name, WebServer server) {
        Map<String, TicketKeysMXBean> named = new LinkedHashMap<>();
        ticketKeysOf(server).forEach(keys -> named.put(named.isEmpty() ? name : name + "-" + (named.size() + 1), keys));
        return named;
    }

    private static Stream<TicketKeysMXBean> ticketKeysOf(WebServer server) {
        if (HAS_TOMCAT && OnTomcat.is(server)) {
            return OnTomcat.ticketKeysOf(server);
        }
        return HAS_JETTY && OnJetty.is(server) ? OnJetty.ticketKeysOf(server) : Stream.empty();
    }

    private static boolean isPresent(String type) {
        return org.springframework.util.ClassUtils.isPresent(type, RunningServers.class.getClassLoader());
    }

    // Loaded only if the container is present.
    private static final class OnTomcat {
        static boolean is(WebServer server) {
            return server instanceof org.springframework.boot.tomcat.TomcatWebServer;
        }

        static Stream<TicketKeysMXBean> ticketKeysOf(WebServer server) {
            return TomcatCustomizer.listenersOf(((org.springframework.boot.tomcat.TomcatWebServer) server)
                            .getTomcat()
                            .getServer())
                    .flatMap(listener -> listener.ticketKeys().stream());
        }
    }

    private static final class OnJetty {
        static boolean is(WebServer server) {
            return server instanceof org.springframework.boot.jetty.JettyWebServer;
        }

        static Stream<TicketKeysMXBean> ticketKeysOf(WebServer server) {
            return JettyCustomizer.factoriesOf(((org.springframework.boot.jetty.JettyWebServer) server).getServer())
                    .flatMap(factory -> factory.ticketKeys().stream());
        }
    }
}
