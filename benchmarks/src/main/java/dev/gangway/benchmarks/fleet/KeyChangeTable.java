package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The table of what clients see of a change of keys. */
final class KeyChangeTable {
    private KeyChangeTable() {}

    static String of(List<KeyChange> all) {
        Markdown table = new Markdown(
                "server",
                "p50 around a change",
                "p50 while the file is read",
                "p50 otherwise",
                "p99 around a change",
                "p99 while the file is read",
                "p99 otherwise",
                "resumed");
        all.stream().map(KeyChange::server).distinct().forEach(server -> {
            List<KeyChange> changes = all.stream()
                    .filter(change -> change.server().equals(server))
                    .toList();
            table.row(List.of(
                    server.name() + ", Java " + server.java(),
                    milliseconds(changes, KeyChange::p50Around),
                    milliseconds(changes, KeyChange::p50Reading),
                    milliseconds(changes, KeyChange::p50Other),
                    milliseconds(changes, KeyChange::p99Around),
                    milliseconds(changes, KeyChange::p99Reading),
                    milliseconds(changes, KeyChange::p99Other),
                    Markdown.number(100 * changes.get(0).resumed(), 2) + " %"));
        });
        return table.toString();
    }

    private static String milliseconds(List<KeyChange> changes, ToDoubleFunction<KeyChange> value) {
        double[] values = changes.stream().mapToDouble(value).toArray();
        return Markdown.cell(Optional.of(Results.Spread.of(values)), 1);
    }
}
