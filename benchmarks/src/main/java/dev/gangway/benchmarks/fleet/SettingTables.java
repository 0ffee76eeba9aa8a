package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of what settings change, and what Gangway changes. */
final class SettingTables {
    private final Results results;

    SettingTables(Results results) {
        this.results = results;
    }

    Map<String, String> sections() {
        Markdown table = new Markdown("server", "Java", "protocol", "full", "resumed", "resumed, p99 in ms");
        results.rounds().keySet().stream()
                .map(Point::server)
                .distinct()
                .forEach(server -> FleetTables.PROTOCOLS.forEach(
                        protocol -> row(table, new Point(server, Plan.BASE, protocol, Visit.FIRST, Plan.FEW))));
        return Map.of("settings", table.toString(), "differences", differences());
    }

    private String differences() {
        Markdown table = new Markdown("server", "compared with", "Java", "protocol", "resumed: change in %");
        for (Point point : results.rounds().keySet()) {
            if (point.visit() == point.server().resumes()) {
                comparedWith(point.server()).ifPresent(other -> difference(table, other, point));
            }
        }
        return table.toString();
    }

    private void difference(Markdown table, Server other, Point point) {
        Point beside = new Point(other, point.listener(), point.protocol(), other.resumes(), point.atOnce());
        Optional<Results.Spread> change = results.change(beside, point, Measurement::serverMicros);
        if (change.isPresent()) {
            table.row(List.of(
                    point.server().name(),
                    other.name(),
                    String.valueOf(other.java()),
                    point.protocol(),
                    Markdown.cell(change, 1)));
        }
    }

    /** The same server without the setting, or a server with Gangway without Gangway; empty if there is none. */
    private static Optional<Server> comparedWith(Server server) {
        if (server.setting() != Setting.DEFAULT) {
            return Optional.of(server.withEngine(server.engine()));
        }
        return switch (server.engine()) {
            case "jdk" -> Optional.of(server.withEngine(FleetNode.STOCK));
            case "openssl" -> Optional.of(server.withEngine(FleetNode.STOCK_OPENSSL));
            default -> Optional.empty();
        };
    }

    private void row(Markdown table, Point full) {
        Point resumed = full.with(full.server().resumes());
        table.row(List.of(
                full.server().name(),
                String.valueOf(full.server().java()),
                full.protocol(),
                Markdown.cell(results.spread(full, Measurement::serverMicros), 0),
                Markdown.cell(results.spread(resumed, Measurement::serverMicros), 0),
                Markdown.cell(results.spread(resumed, Measurement::p99), 1)));
    }
}
