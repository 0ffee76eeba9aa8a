package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.ProfileSample.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a server does during resumed connections, sampled by Java Flight Recorder in the server's process. Only with the JDK's
 * own TLS, which is Java code: the recorder samples native code less often than Java code.
 */
final class ServerProfile {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration INTERVAL = Duration.ofMillis(10);
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
        return Stream.of(
                        Server.jetty(FleetNode.STOCK, java),
                        Server.tomcat(FleetNode.STOCK, java),
                        Server.jetty("jdk", java),
                        Server.tomcat("jdk", java),
                        Server.tomcat("jdk", Math.max(java, Plan.NEW_JAVA)))
                .filter(server -> names.isEmpty() || names.contains(server.name()))
                .distinct()
                .toList();
    }

    /** A recording of the process that calls this; the caller dumps and closes it. */
    static Recording startRecording() {
        Recording recording = new Recording();
        recording.enable(SAMPLE).withPeriod(INTERVAL);
        recording.start();
        return recording;
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
                load.connect(quick ? Plan.FEW : 20_000);
                Path recording = files.directory().resolve("profile.jfr");
                fleet.record();
                load.run(quick ? Duration.ofSeconds(1) : Duration.ofSeconds(30));
                fleet.dump(recording);
                count(recording)
                        .forEach((place, samples) ->
                                results.add(new ProfileSample(server, protocol, place.owner, place.name, samples)));
            }
        }
    }

    private record Place(Owner owner, String name) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return owner == other.owner ? name.compareTo(other.name) : owner.compareTo(other.owner);
        }
    }

    private static Map<Place, Integer> count(Path recording) throws IOException {
        Map<Place, Integer> samples = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    samples.merge(place(event.getStackTrace().getFrames()), 1, Integer::sum);
                }
            }
        }
        return samples;
    }

    // The innermost code that is not the JDK's own.
    private static Place place(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            Owner owner = Owner.of(className(frame));
            if (owner != Owner.OTHER) {
                return new Place(owner, name(frame));
            }
        }
        return new Place(Owner.OTHER, frames.isEmpty() ? "unknown" : name(frames.get(frames.size() - 1)));
    }

    private static String className(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    private static String name(RecordedFrame frame) {
        String type = className(frame);
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }
}
