package dev.gangway.springboot;

import dev.gangway.micrometer.TicketMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The meters of each server of the application, from its start; anew if it is started again. */
final class GangwayMeters implements ApplicationListener<WebServerInitializedEvent>, AutoCloseable {
    private final MeterRegistry registry;
    private final Map<String, List<TicketMetrics>> bound = new HashMap<>();

    GangwayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void onApplicationEvent(WebServerInitializedEvent event) {
        String name = RunningServers.nameOf(event);
        Optional.ofNullable(bound.remove(name)).ifPresent(all -> all.forEach(TicketMetrics::close));
        List<TicketMetrics> metrics = new ArrayList<>();
        RunningServers.ticketKeysOf(name, event.getWebServer()).forEach((each, keys) -> {
            TicketMetrics ofOne = new TicketMetrics(keys, each);
            ofOne.bindTo(registry);
            metrics.add(ofOne);
        });
        bound.put(name, metrics);
    }

    @Override
    public synchronized void close() {
        bound.values().forEach(all -> all.forEach(TicketMetrics::close));
        bound.clear();
    }
}
