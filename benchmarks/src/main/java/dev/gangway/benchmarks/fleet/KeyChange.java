package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Locale;

/**
 * Connections in the seconds around a change of keys, and as many at other times of the same run, in milliseconds.
 *
 * @param resumed the share of all connections of the run that were resumed
 */
record KeyChange(
        Server server,
        int around,
        double p50Around,
        double p99Around,
        double p50Other,
        double p99Other,
        double resumed) {
    String line() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%.4f,%.4f,%.4f,%.4f,%.4f",
                server.name(),
                server.java(),
                around,
                p50Around,
                p99Around,
                p50Other,
                p99Other,
                resumed);
    }

    static KeyChange parse(List<String> v) {
        return new KeyChange(
                Server.named(v.get(0), Integer.parseInt(v.get(1))),
                Integer.parseInt(v.get(2)),
                Double.parseDouble(v.get(3)),
                Double.parseDouble(v.get(4)),
                Double.parseDouble(v.get(5)),
                Double.parseDouble(v.get(6)),
                Double.parseDouble(v.get(7)));
    }
}
