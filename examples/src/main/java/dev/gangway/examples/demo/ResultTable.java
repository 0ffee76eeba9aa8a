package dev.gangway.examples.demo;

import dev.gangway.internal.probe.ProbeResult;
import java.util.List;
import java.util.Locale;

/** Formats the rows as text, with one line for each row. */
final class ResultTable {
    private static final String HEAD =
            "container  engine     mode     TLS  keys rotated  connections  resumed  full  failed   p50 ms   p99 ms";

    private ResultTable() {}

    static String render(List<Row> rows) {
        StringBuilder table = new StringBuilder(HEAD).append('\n');
        rows.forEach(row -> table.append(line(row)).append('\n'));
        return table.toString();
    }

    private static String line(Row row) {
        ProbeResult result = row.result();
        return String.format(
                Locale.ROOT,
                "%-9s  %-9s  %-7s  %3s  %12s  %11d  %6.1f%%  %4d  %6d  %7.2f  %7.2f",
                row.fleet().containers(),
                row.fleet().engine(),
                row.fleet().stock() ? "stock" : "gangway",
                row.tls(),
                row.fleet().stock() ? "-" : row.rotations(),
                result.connections(),
                100.0 * result.resumed() / result.connections(),
                result.full(),
                result.failed(),
                result.p50Millis(),
                result.p99Millis());
    }
}
