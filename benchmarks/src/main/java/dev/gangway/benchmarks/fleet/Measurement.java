package dev.gangway.benchmarks.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * One round at one point.
 *
 * @param serverMicros CPU time of all server processes per connection; of the shared cache, too
 * @param clientMicros CPU time of the load generator per connection
 * @param perSecond connections
 * @param resumed the share of connections that were resumed, from 0 to 1
 * @param p50 milliseconds from connect to the end of the answer
 * @param received bytes from the server per connection
 * @param compilerMicros CPU time of the compilers of the servers' JVMs per connection, which is part of the servers'
 * @param others how many processors everything else on the machine used
 */
record Measurement(
        int connections,
        double serverMicros,
        double clientMicros,
        double perSecond,
        double resumed,
        double p50,
        double p99,
        double p999,
        double received,
        double sent,
        double others,
        double compilerMicros) {
    /** The values as one line; {@link #parse} reads it. */
    String line() {
        return connections + ","
                + DoubleStream.of(
                                serverMicros,
                                clientMicros,
                                perSecond,
                                resumed,
                                p50,
                                p99,
                                p999,
                                received,
                                sent,
                                others,
                                compilerMicros)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
                        .collect(Collectors.joining(","));
    }

    static Measurement parse(List<String> fields) {
        double[] v = fields.stream().mapToDouble(Double::parseDouble).toArray();
        return new Measurement((int) v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]);
    }

    static List<String> names() {
        return Arrays.stream(Measurement.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();
    }
}
