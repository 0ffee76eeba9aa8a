package dev.gangway.springboot;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.manager.ManagerStatus.State;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The state of ticket key sharing as health: {@code UP} if it is {@code SHARING}, otherwise the state's own name. Such a
 * status does not count in the health of the application unless its settings say so: a server that does not share
 * tickets still answers every client, and must not be taken out of service for that.
 */
final class GangwayHealthIndicator implements HealthIndicator {
    private final RunningServers servers;

    GangwayHealthIndicator(RunningServers servers) {
        this.servers = servers;
    }

    @Override
    public Health health() {
        Map<String, TicketKeysMXBean> running = servers.ticketKeys();
        Health.Builder health = new Health.Builder(statusOf(running));
        running.forEach((name, keys) -> health.withDetail(name, detailsOf(keys)));
        return health.build();
    }

    private static Status statusOf(Map<String, TicketKeysMXBean> running) {
        return running.values().stream()
                .map(keys -> State.valueOf(keys.getState()))
                .max(Comparator.naturalOrder())
                .map(worst -> worst == State.SHARING ? Status.UP : new Status(worst.name()))
                .orElse(Status.UNKNOWN);
    }

    private static Map<String, Object> detailsOf(TicketKeysMXBean keys) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", keys.getState());
        if (!keys.getFault().isEmpty()) {
            details.put("fault", keys.getFault());
        }
        details.put("source", keys.getSource());
        details.put("activeKey", keys.getActiveKey());
        details.put("ringDigest", keys.getRingDigest());
        return details;
    }
}
