package dev.gangway.springboot;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.micrometer.TicketMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The meters of each server of the application, from its start; anew if it is started again. */
final class GangwayMeters implements ApplicationListener<WebServerInitializedEvent>, AutoCloseable {
    private final MeterRegistry registry;
    private final Map<String, TicketMetrics> bound = new HashMap<>();

    GangwayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void onApplicationEvent(WebServerInitializedEvent event) {
        String name = RunningServers.nameOf(event);
        Optional.ofNullable(bound.remove(name)).ifPresent(TicketMetrics::close);
        RunningServers.ticketKeysOf(event.getWebServer()).findFirst().ifPresent(keys -> bind(name, keys));
    }

    private void bind(String name, TicketKeysMXBean keys) {
        TicketMetrics metrics = new TicketMetrics(keys, name);
        metrics.bindTo(registry);
        bound.put(name, metrics);
    }

    @Override
    public synchronized void close() {
        bound.values().forEach(TicketMetrics::close);
        bound.clear();
    }
}
