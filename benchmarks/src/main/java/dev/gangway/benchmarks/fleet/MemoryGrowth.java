package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The memory of one server that is given new sessions and never sees one of them again. */
final class MemoryGrowth {
    private static final int STEPS = 10;

    private final FleetFiles files;
    private final Programs programs;
    private final boolean quick;

    MemoryGrowth(FleetFiles files, Programs programs, boolean quick) {
        this.files = files;
        this.programs = programs;
        this.quick = quick;
    }

    List<Server> servers(Set<String> names) {
        int java = Runtime.version().feature();
        return List.of(
                        Server.jetty(FleetNode.STOCK, java),
                        Server.tomcat(FleetNode.STOCK, java),
                        Server.jetty("jdk", java),
                        Server.tomcat("openssl", Math.max(java, Plan.NEW_JAVA)),
                        Server.jetty("conscrypt", java))
                .stream()
                .filter(server -> names.isEmpty() || names.contains(server.name()))
                .toList();
    }

    /** How many: BoringSSL's memory is not the heap's, so whether it grows shows later. */
    private int sessions(Server server) {
        int many = server.engine().equals("conscrypt") ? 1_000_000 : 100_000;
        return quick ? many / 1000 : many;
    }

    void measure(Server server, Results results, Consumer<String> progress)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<String> missing = programs.missing(server);
        if (missing.isPresent()) {
            progress.accept("*** NOT MEASURED: " + server.name() + ": this machine has no " + missing.get());
            return;
        }
        results.note("Java " + server.java(), programs.version(server));
        List<Listener> listeners = List.of(Plan.P_256);
        try (Fleet fleet = Fleet.start(server, 1, listeners, files, programs)) {
            Load load = new Load(fleet, new Point(server, Plan.P_256, "TLSv1.3", Visit.FIRST, Plan.FEW), files);
            int step = sessions(server) / STEPS;
            load.connect(step / 2);
            record(fleet, 0, fleet.heapBytes(), results);
            for (int i = 1; i <= STEPS; i++) {
                load.connect(step);
                record(fleet, i * (long) step, 0, results);
                progress.accept(server.name() + ": " + i * step + " sessions, " + fleet.residentKilobytes() / 1024
                        + " MB resident");
            }
            record(fleet, STEPS * (long) step, fleet.heapBytes(), results);
        }
    }

    private static void record(Fleet fleet, long sessions, long heap, Results results) {
        results.add(new MemoryStep(fleet.server(), sessions, fleet.residentKilobytes(), heap));
    }
}
