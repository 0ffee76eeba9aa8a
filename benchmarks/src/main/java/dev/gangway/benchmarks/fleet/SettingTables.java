package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.Results.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                cell(full),
                cell(resumed),
                Markdown.cell(results.spread(resumed, Measurement::p99), 1)));
    }

    private String cell(Point point) {
        Optional<Spread> micros = results.spread(point, Measurement::serverMicros);
        return Markdown.cell(micros, 0);
    }
}
