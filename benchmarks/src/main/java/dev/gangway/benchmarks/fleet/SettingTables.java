package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Map;

/** The table of what settings change. */
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
        return Map.of("settings", table.toString());
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
