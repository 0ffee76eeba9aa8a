package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a server does during resumed connections, sampled by async-profiler in the server's process. */
final class ServerProfile {
    /** Samples the CPU time of all threads, in Java code and other. */
    static final String START = "start,event=ctimer,interval=1ms,cstack=vm";
    /** A file must follow. */
    static final String STOP = "stop,collapsed,lib,ann,file=";

    /** So that samples in compiled code show the method that was inlined. */
    static final List<String> JVM_FLAGS = Stream.concat(
                    Programs.COMPILES_SOONER.stream(),
                    Stream.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"))
            .toList();

    private static final int WARM_UP_STEP = 2_000;
    private static final int WARM_UP_STEPS = 30;
    private static final Listener LISTENER = Plan.BASE;

    private final FleetFiles files;
    private final Programs programs;
    private final boolean quick;

    ServerProfile(FleetFiles files, Programs programs, boolean quick) {
        this.files = files;
        this.programs = programs;
        this.quick = quick;
    }

    List<Server> servers(Set<String> names) {
        int java = Runtime.version().feature();
        int newJava = Math.max(java, Plan.NEW_JAVA);
        return Stream.of(
                        Server.jetty(FleetNode.STOCK, java),
                        Server.tomcat(FleetNode.STOCK, java),
                        Server.jetty("jdk", java),
                        Server.tomcat("jdk", java),
                        Server.tomcat("jdk", newJava),
                        Server.jetty("conscrypt", java),
                        Server.tomcat("conscrypt", java),
                        Server.tomcat(FleetNode.STOCK_OPENSSL, newJava),
                        Server.tomcat("openssl", newJava))
                .filter(server -> names.isEmpty() || names.contains(server.name()))
                .distinct()
                .toList();
    }

    void measure(Server server, Results results, Consumer<String> progress)
            throws IOException, InterruptedException, GeneralSecurityException {
        if (programs.missing(server).isPresent()) {
            progress.accept("*** NOT MEASURED: " + server.name() + ": this machine has no "
                    + programs.missing(server).get());
            return;
        }
        results.note("Java " + server.java(), programs.version(server));
        try (Fleet fleet = Fleet.start(server, 2, List.of(LISTENER), files, programs)) {
            for (String protocol : FleetTables.PROTOCOLS) {
                progress.accept("profile: " + server.name() + ", Java " + server.java() + ", " + protocol);
                Point point = new Point(server, LISTENER, protocol, server.resumes(), Plan.FEW);
                Load load = new Load(fleet, point, files);
                load.warmUp(quick ? Plan.FEW : WARM_UP_STEP, quick ? 1 : WARM_UP_STEPS);
                Path recording = files.directory().resolve("profile.txt");
                fleet.record();
                load.run(quick ? Duration.ofSeconds(1) : Duration.ofSeconds(30));
                fleet.dump(recording);
                count(recording)
                        .forEach((place, samples) ->
                                results.add(new ProfileSample(server, protocol, place.owner(), place.name(), samples)));
            }
        }
    }

    private static Map<ProfileStack.Place, Integer> count(Path recording) throws IOException {
        Map<ProfileStack.Place, Integer> samples = new TreeMap<>();
        for (String line : Files.readAllLines(recording)) {
            ProfileStack stack = ProfileStack.parse(line);
            samples.merge(stack.place(), stack.samples(), Integer::sum);
        }
        return samples;
    }
}
