package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Everything that was measured, in a file of lines that {@link #read} reads again. */
final class Results {
    private static final String POINT = "point";
    private static final String KEY_CHANGE = "key change";
    private static final String MEMORY = "memory";
    private static final String REDIS = "redis";
    private static final String PROFILE = "profile";
    private static final String NOTE = "note";
    private static final int POINT_FIELDS = 8;

    private final Map<Point, List<Measurement>> rounds = new LinkedHashMap<>();
    private final List<KeyChange> keyChanges = new ArrayList<>();
    private final List<MemoryStep> memory = new ArrayList<>();
    private final List<RedisTrip> redis = new ArrayList<>();
    private final List<ProfileSample> profile = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    /** Median, least and greatest of the rounds. */
    record Spread(double median, double min, double max) {
        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    void add(Point point, Measurement measurement) {
        rounds.computeIfAbsent(point, any -> new ArrayList<>()).add(measurement);
    }

    void add(KeyChange change) {
        keyChanges.add(change);
    }

    void add(MemoryStep step) {
        memory.add(step);
    }

    void add(RedisTrip trip) {
        redis.add(trip);
    }

    void add(ProfileSample sample) {
        profile.add(sample);
    }

    /** What a reader must know about the run, such as the processor. */
    void note(String what, String value) {
        notes.put(what, value.replace(',', ';'));
    }

    Map<Point, List<Measurement>> rounds() {
        return rounds;
    }

    List<KeyChange> keyChanges() {
        return keyChanges;
    }

    List<MemoryStep> memory() {
        return memory;
    }

    List<ProfileSample> profile() {
        return profile;
    }

    /** What a command to Redis costs, in µs, the node's CPU and Redis'; empty if it was not measured. */
    Optional<Spread> redis(String command) {
        double[] micros = redis.stream()
                .filter(trip -> trip.command().equals(command))
                .mapToDouble(RedisTrip::micros)
                .toArray();
        return micros.length == 0 ? Optional.empty() : Optional.of(Spread.of(micros));
    }

    Map<String, String> notes() {
        return notes;
    }

    /** Empty if the point was not measured. */
    Optional<Spread> spread(Point point, ToDoubleFunction<Measurement> value) {
        return Optional.ofNullable(rounds.get(point))
                .map(all -> Spread.of(all.stream().mapToDouble(value).toArray()));
    }

    /**
     * How much more {@code point} has than {@code other}, in %, of each round by itself: other load on the machine affects
     * both alike. Empty if one of them was not measured.
     */
    Optional<Spread> change(Point other, Point point, ToDoubleFunction<Measurement> value) {
        double[] changes = changes(other, point, value);
        return changes.length == 0 ? Optional.empty() : Optional.of(Spread.of(changes));
    }

    /**
     * The same of each start of the servers: the median of its rounds.
     *
     * @param rounds of a start
     */
    Optional<Spread> changeOfStarts(Point other, Point point, ToDoubleFunction<Measurement> value, int rounds) {
        double[] changes = changes(other, point, value);
        double[] medians = IntStream.range(0, changes.length / rounds)
                .mapToDouble(start -> Spread.of(Arrays.copyOfRange(changes, start * rounds, (start + 1) * rounds))
                        .median())
                .toArray();
        return medians.length == 0 ? Optional.empty() : Optional.of(Spread.of(medians));
    }

    private double[] changes(Point other, Point point, ToDoubleFunction<Measurement> value) {
        List<Measurement> before = rounds.getOrDefault(other, List.of());
        List<Measurement> after = rounds.getOrDefault(point, List.of());
        return IntStream.range(0, Math.min(before.size(), after.size()))
                .mapToDouble(i -> 100 * (value.applyAsDouble(after.get(i)) / value.applyAsDouble(before.get(i)) - 1))
                .toArray();
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        notes.forEach((what, value) -> lines.add(String.join(",", NOTE, what, value)));
        lines.add("# " + POINT + ",server,java,listener,protocol,visit,at once,round,"
                + String.join(",", Measurement.names()));
        rounds.forEach((point, all) -> {
            for (int i = 0; i < all.size(); i++) {
                lines.add(String.join(
                        ",",
                        POINT,
                        point.server().name(),
                        String.valueOf(point.server().java()),
                        point.listener().toString(),
                        point.protocol(),
                        point.visit().name(),
                        String.valueOf(point.atOnce()),
                        String.valueOf(i + 1),
                        all.get(i).line()));
            }
        });
        keyChanges.forEach(change -> lines.add(KEY_CHANGE + "," + change.line()));
        redis.forEach(trip -> lines.add(REDIS + "," + trip.line()));
        memory.forEach(step -> lines.add(MEMORY + "," + step.line()));
        profile.forEach(sample -> lines.add(PROFILE + "," + sample.line()));
        Files.write(file, lines);
    }

    static Results read(Path file) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(file)) {
            List<String> fields = List.of(line.split(",", -1));
            List<String> values = fields.subList(1, fields.size());
            switch (fields.get(0)) {
                case NOTE -> results.notes.put(values.get(0), values.get(1));
                case POINT ->
                    results.add(point(values), Measurement.parse(fields.subList(POINT_FIELDS, fields.size())));
                case KEY_CHANGE -> results.add(KeyChange.parse(values));
                case REDIS -> results.add(RedisTrip.parse(values));
                case MEMORY -> results.add(MemoryStep.parse(values));
                case PROFILE -> results.add(ProfileSample.parse(values));
                default -> {
                    // The line with the names.
                }
            }
        }
        return results;
    }

    private static Point point(List<String> values) {
        return new Point(
                Server.named(values.get(0), Integer.parseInt(values.get(1))),
                Listener.parse(values.get(2)),
                values.get(3),
                Visit.valueOf(values.get(4)),
                Integer.parseInt(values.get(5)));
    }
}
