package dev.gangway.benchmarks.fleet;

import dev.gangway.examples.cluster.SharedKeyFile;
import dev.gangway.examples.files.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fleets of three servers, and clients that come back to another one: what a connection costs the servers. The fleets run at
 * the same time, and take turns, so that other load on the machine affects all alike.
 */
public final class FleetBench {
    private final PrintStream out;
    private final boolean quick;
    private final Set<String> names;
    private final Optional<Path> documents;

    /**
     * @param names of the servers to measure, such as {@code tomcat jdk}; empty for all
     * @param documents the directory whose tables and plots are replaced; empty for none
     */
    public FleetBench(PrintStream out, boolean quick, Set<String> names, Optional<Path> documents) {
        this.out = out;
        this.quick = quick;
        this.names = names;
        this.documents = documents;
    }

    /** Connections: CPU time, latency, bytes, resumption, and what a change of keys does. */
    public void connections() throws IOException, InterruptedException, GeneralSecurityException {
        Plan plan = Plan.of(quick, names);
        Results results = run((files, keys, found) -> {
            RedisTrip.measure(Programs.find(List.of()), files, quick, found)
                    .ifPresent(missing -> notMeasured("a shared session cache", missing));
            for (Plan.Group group : plan.groups()) {
                measure(plan, group, files, found, Report.CONNECTIONS);
            }
            changeKeys(plan, keys, files, found);
        });
        new Report(results, out).connections(documents);
    }

    /** Connections to servers with other settings. */
    public void settings() throws IOException, InterruptedException, GeneralSecurityException {
        Plan plan = Plan.settings(quick, names);
        Results results =
                run((files, keys, found) -> measure(plan, plan.groups().get(0), files, found, Report.SETTINGS));
        new Report(results, out).settings(documents);
    }

    /** Resumed connections with Gangway and without. */
    public void comparison() throws IOException, InterruptedException, GeneralSecurityException {
        Plan plan = Plan.comparison(quick, names);
        Results results = run((files, keys, found) -> {
            for (Plan.Group group : plan.groups()) {
                measure(plan, group, files, found, Report.COMPARISON);
            }
        });
        new Report(results, out).comparison(documents);
    }

    /** Memory, as sessions become more. */
    public void sessions() throws IOException, InterruptedException, GeneralSecurityException {
        Results results = run((files, keys, found) -> {
            MemoryGrowth growth = new MemoryGrowth(files, Programs.find(List.of()), quick);
            for (Server server : growth.servers(names)) {
                growth.measure(server, found, this::progress);
            }
        });
        new Report(results, out).sessions(documents);
    }

    /** What servers do during resumed connections. */
    public void profile() throws IOException, InterruptedException, GeneralSecurityException {
        Results results = run((files, keys, found) -> {
            ServerProfile profile = new ServerProfile(files, Programs.find(ServerProfile.JVM_FLAGS), quick);
            for (Server server : profile.servers(names)) {
                profile.measure(server, found, this::progress);
            }
        });
        new Report(results, out).profile(documents);
    }

    /** Prints the tables of an earlier run again, and replaces them in the documents. */
    public void tables() throws IOException {
        Path directory = documents.orElseThrow(() -> new IOException("--tables needs --docs"));
        again(directory, Report.CONNECTIONS, report -> report.connections(documents));
        again(directory, Report.SESSIONS, report -> report.sessions(documents));
        again(directory, Report.SETTINGS, report -> report.settings(documents));
        again(directory, Report.COMPARISON, report -> report.comparison(documents));
        again(directory, Report.PROFILE, report -> report.profile(documents));
    }

    private interface Tables {
        void of(Report report) throws IOException;
    }

    private void again(Path directory, String values, Tables tables) throws IOException {
        Path file = Report.file(directory, values);
        if (Files.exists(file)) {
            tables.of(new Report(Results.read(file), out));
        }
    }

    private interface Part {
        void measure(FleetFiles files, SharedKeyFile keys, Results results)
                throws IOException, InterruptedException, GeneralSecurityException;
    }

    private static Results run(Part part) throws IOException, InterruptedException, GeneralSecurityException {
        Results results = new Results();
        Environment.describe(results);
        try (TemporaryDirectory directory = TemporaryDirectory.make("gangway-fleet")) {
            FleetFiles files = new FleetFiles(directory.path());
            files.write();
            SharedKeyFile keys = files.gangwayKeys();
            part.measure(files, keys, results);
            keys.forget();
        }
        return results;
    }

    private void measure(Plan plan, Plan.Group group, FleetFiles files, Results results, String values)
            throws IOException, InterruptedException, GeneralSecurityException {
        Map<Server, Fleet> fleets = new LinkedHashMap<>();
        try {
            Programs programs = Programs.find(plan.jvmFlags());
            for (Server server : group.servers()) {
                Optional<String> missing = programs.missing(server);
                if (missing.isPresent()) {
                    notMeasured(server.name(), missing.get());
                    continue;
                }
                progress(group.name() + ": starting " + server.name());
                fleets.put(server, Fleet.start(server, plan.nodes(), group.listeners(), files, programs));
                results.note(server.isJava() ? "Java " + server.java() : server.name(), programs.version(server));
            }
            List<List<Load>> series = new ArrayList<>();
            for (Plan.Series each : group.series()) {
                series.add(loads(each.points(), fleets, files));
            }
            for (Load load : series.get(0)) {
                if (load.point().atOnce() == Plan.FEW) {
                    warmUp(load, plan);
                }
            }
            for (int i = 0; i < series.size(); i++) {
                rounds(series.get(i), group.series().get(i).rounds(), plan.round(), results);
                save(results, values);
            }
        } finally {
            fleets.values().forEach(Fleet::close);
        }
    }

    // Each fleet by itself and with one connector for each node, because each connector is tested when keys change.
    private void changeKeys(Plan plan, SharedKeyFile keys, FleetFiles files, Results results)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyChanges changes = new KeyChanges(keys, files);
        Programs programs = Programs.find(plan.jvmFlags());
        for (Server server : KeyChanges.SERVERS) {
            boolean isWanted = names.isEmpty() || names.contains(server.name());
            if (quick || !isWanted || programs.missing(server).isPresent()) {
                continue;
            }
            progress("keys change: " + server.name());
            try (Fleet fleet = Fleet.start(server, plan.nodes(), List.of(Plan.BASE), files, programs)) {
                warmUp(new Load(fleet, KeyChanges.point(server), files), plan);
                changes.measure(fleet, results);
            }
        }
        save(results, Report.CONNECTIONS);
    }

    // What was measured so far is not lost if a later step fails.
    private void save(Results results, String values) throws IOException {
        if (documents.isPresent()) {
            Report.save(results, documents.get(), values);
        }
    }

    private static List<Load> loads(List<Point> points, Map<Server, Fleet> fleets, FleetFiles files)
            throws IOException, GeneralSecurityException {
        List<Load> loads = new ArrayList<>();
        for (Point point : points) {
            if (fleets.containsKey(point.server())) {
                loads.add(new Load(fleets.get(point.server()), point, files));
            }
        }
        return loads;
    }

    private void warmUp(Load load, Plan plan) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        load.warmUp(plan.warmUpStep(), load.point().server().isJava() ? plan.warmUpSteps() : 1);
        progress(
                String.format(Locale.ROOT, "%s: warmed up in %.0f s", load.point(), (System.nanoTime() - begin) / 1e9));
    }

    private void rounds(List<Load> loads, int rounds, Duration duration, Results results)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < loads.size(); i++) {
                // Forwards and backwards, because the processor's speed may change during a round.
                Load load = loads.get(round % 2 == 0 ? i : loads.size() - 1 - i);
                Measurement measured = load.measure(duration);
                results.add(load.point(), measured);
                progress(String.format(
                        Locale.ROOT,
                        "round %d: %s: %.0f µs of the server's CPU, %.0f/s, %.1f %% resumed",
                        round + 1,
                        load.point(),
                        measured.serverMicros(),
                        measured.perSecond(),
                        100 * measured.resumed()));
            }
        }
    }

    private void notMeasured(String what, String missing) {
        out.println("*** NOT MEASURED: " + what + ": this machine has no " + missing);
    }

    private void progress(String what) {
        if (!quick) {
            System.err.println(what);
        }
    }
}
