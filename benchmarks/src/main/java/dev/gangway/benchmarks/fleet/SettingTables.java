package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of what settings change. */
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
            Server server = point.server();
            if (server.setting() != Setting.DEFAULT && point.visit() == server.resumes()) {
                difference(table, server.withEngine(server.engine()), point);
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
