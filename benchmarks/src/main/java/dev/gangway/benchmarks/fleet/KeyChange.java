package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Locale;

/**
 * Connections in the seconds around a change of keys, in milliseconds, and in other seconds of the same run: those in which
 * the nodes read the new key file, and some without either.
 *
 * @param resumed the share of all connections of the run that were resumed
 */
record KeyChange(
        Server server,
        int around,
        double p50Around,
        double p99Around,
        double p50Reading,
        double p99Reading,
        double p50Other,
        double p99Other,
        double resumed) {
    String line() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f",
                server.name(),
                server.java(),
                around,
                p50Around,
                p99Around,
                p50Reading,
                p99Reading,
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
                Double.parseDouble(v.get(7)),
                Double.parseDouble(v.get(8)),
                Double.parseDouble(v.get(9)));
    }
}
