package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of what Gangway changes in a resumed connection. */
final class ComparisonTables {
    private final Results results;

    ComparisonTables(Results results) {
        this.results = results;
    }

    Map<String, String> sections() {
        Markdown table =
                new Markdown("server", "Java", "protocol", "without Gangway", "with Gangway", "change in %, per start");
        for (Point point : results.rounds().keySet()) {
            without(point.server()).ifPresent(stock -> row(table, stock, point));
        }
        return Map.of("comparison", table.toString());
    }

    private void row(Markdown table, Server stock, Point point) {
        Point without = new Point(stock, point.listener(), point.protocol(), point.visit(), point.atOnce());
        table.row(List.of(
                point.server().name(),
                String.valueOf(point.server().java()),
                point.protocol(),
                Markdown.cell(results.spread(without, Measurement::serverMicros), 0),
                Markdown.cell(results.spread(point, Measurement::serverMicros), 0),
                Markdown.cell(
                        results.changeOfStarts(without, point, Measurement::serverMicros, Plan.ROUNDS_PER_START), 1)));
    }

    private static Optional<Server> without(Server server) {
        return switch (server.engine()) {
            case "jdk" -> Optional.of(server.withEngine(FleetNode.STOCK));
            case "openssl" -> Optional.of(server.withEngine(FleetNode.STOCK_OPENSSL));
            default -> Optional.empty();
        };
    }
}
