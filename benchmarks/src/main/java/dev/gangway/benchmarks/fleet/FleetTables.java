package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.Results.Spread;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of what connections cost. */
final class FleetTables {
    static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private final Results results;

    FleetTables(Results results) {
        this.results = results;
    }

    /** By the names of their marks in the documents. */
    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("environment", environment());
        for (String protocol : PROTOCOLS) {
            sections.put("cpu " + protocol, cpu(protocol));
            sections.put("latency " + protocol, latency(protocol));
        }
        sections.put("bytes", bytes());
        sections.put("alternatives", new Alternatives(results).table());
        sections.put("gain", gain());
        sections.put("client certificates", varied(Plan.CLIENT_CERTIFICATES));
        sections.put("many", many());
        sections.put("java", javaVersions());
        sections.put("key change", KeyChangeTable.of(results.keyChanges()));
        return sections;
    }

    private String environment() {
        StringBuilder text = new StringBuilder();
        results.notes()
                .forEach((what, value) -> text.append("- ")
                        .append(what)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        Spread others = Spread.of(results.rounds().values().stream()
                .flatMap(List::stream)
                .mapToDouble(Measurement::others)
                .toArray());
        text.append("- processors that everything else on the machine used: ")
                .append(Markdown.cell(Optional.of(others), 2))
                .append('\n');
        double[] compilers = results.rounds().entrySet().stream()
                .filter(points -> points.getKey().server().isJava())
                .flatMap(points -> points.getValue().stream())
                .filter(round -> round.serverMicros() > 0)
                .mapToDouble(round -> 100 * round.compilerMicros() / round.serverMicros())
                .toArray();
        if (compilers.length > 0) {
            text.append("- the JVMs' compilers used, in % of the servers' CPU time: ")
                    .append(Markdown.cell(Optional.of(Spread.of(compilers)), 1))
                    .append('\n');
        }
        return text.toString();
    }

    /** The contenders' CPU time for full and returning connections. */
    BarChart chart(String protocol) {
        BarChart chart = new BarChart(
                protocol.replace("v", " ") + ", RSA-2048: server CPU per connection, in µs",
                List.of("full", "returns to another node"));
        contenders()
                .filter(server -> !server.isCache())
                .forEach(server -> chart.add(
                        server.name(),
                        List.of(
                                micros(base(server, protocol, Visit.FIRST)),
                                micros(base(server, protocol, Visit.OTHER_NODE)))));
        return chart;
    }

    private String cpu(String protocol) {
        Markdown table = new Markdown(
                "server", "full", "returns to another node", "of these resumed", "saved", "returns to the same node");
        contenders().forEach(server -> {
            Point other = base(server, protocol, Visit.OTHER_NODE);
            Optional<Spread> full = micros(base(server, protocol, Visit.FIRST));
            table.row(List.of(
                    server.name(),
                    Markdown.cell(full, 0),
                    Markdown.cell(micros(other), 0),
                    Markdown.percent(results.spread(other, Measurement::resumed).map(Spread::median)),
                    Markdown.percent(saved(full, micros(other))),
                    Markdown.cell(micros(base(server, protocol, Visit.SAME_NODE)), 0)));
        });
        return table.toString();
    }

    private String latency(String protocol) {
        Markdown table =
                new Markdown("server", "connections/s", "p50", "p99", "p99.9", "the clients' CPU per connection");
        contenders().filter(server -> !server.isCache()).forEach(server -> {
            Point other = base(server, protocol, Visit.OTHER_NODE);
            table.row(List.of(
                    server.name(),
                    Markdown.cell(results.spread(other, Measurement::perSecond), 0),
                    Markdown.cell(results.spread(other, Measurement::p50), 1),
                    Markdown.cell(results.spread(other, Measurement::p99), 1),
                    Markdown.cell(results.spread(other, Measurement::p999), 1),
                    Markdown.cell(results.spread(other, Measurement::clientMicros), 0)));
        });
        return table.toString();
    }

    private String bytes() {
        Markdown table = new Markdown(
                "server",
                "protocol",
                "full: to the client",
                "from the client",
                "resumed: to the client",
                "from the client");
        contenders()
                .forEach(server -> PROTOCOLS.forEach(protocol -> {
                    Point full = base(server, protocol, Visit.FIRST);
                    Point back = base(server, protocol, server.resumes());
                    if (results.rounds().containsKey(full)) {
                        table.row(List.of(
                                server.name(),
                                protocol,
                                Markdown.median(results.spread(full, Measurement::received), 0),
                                Markdown.median(results.spread(full, Measurement::sent), 0),
                                Markdown.median(results.spread(back, Measurement::received), 0),
                                Markdown.median(results.spread(back, Measurement::sent), 0)));
                    }
                }));
        return table.toString();
    }

    private String gain() {
        Markdown table =
                new Markdown("protocol", "certificate", "server", "full", "resumed", "saved", "saved per connection");
        for (String protocol : PROTOCOLS) {
            for (ServerCertificate certificate : ServerCertificate.values()) {
                Listener listener = new Listener(certificate, false);
                measured(listener, Plan.FEW)
                        .filter(FleetTables::isExample)
                        .forEach(server -> gain(table, new Point(server, listener, protocol, Visit.FIRST, Plan.FEW)));
            }
        }
        return table.toString();
    }

    // Of the Java versions, the oldest and the newest.
    private static boolean isExample(Server server) {
        return server.isJava() && !server.isStock() && !server.isCache() && server.java() != 21;
    }

    // Resumption uses no certificate, so one with the base certificate stands for all that were not measured.
    private void gain(Markdown table, Point first) {
        Point back = first.with(Visit.OTHER_NODE);
        Optional<Spread> resumed =
                micros(back).or(() -> micros(base(first.server(), first.protocol(), Visit.OTHER_NODE)));
        Optional<Spread> full = micros(first);
        if (full.isPresent() && resumed.isPresent()) {
            table.row(List.of(
                    first.protocol(),
                    first.listener().certificate().label(),
                    nameWithJava(first.server()),
                    Markdown.cell(full, 0),
                    Markdown.cell(resumed, 0),
                    Markdown.percent(saved(full, resumed)),
                    Markdown.number(full.get().median() - resumed.get().median(), 0) + " µs"));
        }
    }

    private String varied(Listener listener) {
        Markdown table = new Markdown("server", "protocol", "full", "resumed", "saved");
        measured(listener, Plan.FEW)
                .forEach(server -> PROTOCOLS.forEach(protocol -> {
                    Optional<Spread> full = micros(new Point(server, listener, protocol, Visit.FIRST, Plan.FEW));
                    Visit back = server.resumes();
                    Optional<Spread> resumed = micros(new Point(server, listener, protocol, back, Plan.FEW));
                    table.row(List.of(
                            server.name() + (server.isStock() ? ", on its own node" : ""),
                            protocol,
                            Markdown.cell(full, 0),
                            Markdown.cell(resumed, 0),
                            Markdown.percent(saved(full, resumed))));
                }));
        return table.toString();
    }

    private String many() {
        Markdown table = new Markdown(
                "server", "at once", "server CPU", "connections/s", "p50", "p99", "p99.9", "of these resumed");
        measured(Plan.BASE, Plan.MANY).forEach(server -> {
            for (int atOnce : new int[] {Plan.FEW, Plan.MANY}) {
                Point point = new Point(server, Plan.BASE, "TLSv1.3", Visit.OTHER_NODE, atOnce);
                table.row(List.of(
                        server.name(),
                        String.valueOf(atOnce),
                        Markdown.cell(micros(point), 0),
                        Markdown.cell(results.spread(point, Measurement::perSecond), 0),
                        Markdown.cell(results.spread(point, Measurement::p50), 1),
                        Markdown.cell(results.spread(point, Measurement::p99), 1),
                        Markdown.cell(results.spread(point, Measurement::p999), 1),
                        Markdown.percent(
                                results.spread(point, Measurement::resumed).map(Spread::median))));
            }
        });
        return table.toString();
    }

    private String javaVersions() {
        Markdown table = new Markdown("server", "Java", "protocol", "full", "resumed", "saved");
        measured(Plan.BASE, Plan.FEW)
                .filter(server -> server.kind() == Server.Kind.TOMCAT && !server.isCache())
                .sorted(Comparator.comparing(Server::name).thenComparing(Server::java))
                .forEach(server -> PROTOCOLS.forEach(protocol -> {
                    Visit back = server.resumes();
                    Optional<Spread> full = micros(base(server, protocol, Visit.FIRST));
                    Optional<Spread> resumed = micros(base(server, protocol, back));
                    table.row(List.of(
                            server.name() + (server.isStock() ? ", on its own node" : ""),
                            String.valueOf(server.java()),
                            protocol,
                            Markdown.cell(full, 0),
                            Markdown.cell(resumed, 0),
                            Markdown.percent(saved(full, resumed))));
                }));
        return table.toString();
    }

    private static Optional<Double> saved(Optional<Spread> full, Optional<Spread> resumed) {
        return full.flatMap(f -> resumed.map(r -> 1 - r.median() / f.median()));
    }

    private static String nameWithJava(Server server) {
        return server.name() + (server.isJava() ? ", Java " + server.java() : "");
    }

    /** The servers of the first table: of two that differ only in Java, the first. */
    private Stream<Server> contenders() {
        return measured(Plan.BASE, Plan.FEW)
                .collect(
                        LinkedHashMap<String, Server>::new,
                        (map, server) -> map.putIfAbsent(server.name(), server),
                        Map::putAll)
                .values()
                .stream();
    }

    private Stream<Server> measured(Listener listener, int atOnce) {
        return results.rounds().keySet().stream()
                .filter(point -> point.listener().equals(listener) && point.atOnce() == atOnce)
                .map(Point::server)
                .distinct();
    }

    private static Point base(Server server, String protocol, Visit visit) {
        return new Point(server, Plan.BASE, protocol, visit, Plan.FEW);
    }

    private Optional<Spread> micros(Point point) {
        return results.spread(point, Measurement::serverMicros);
    }
}
