package dev.gangway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java installations of this machine: those next to the running one, in the usual directory, named by JAVA_HOME_*, and
 * installed by {@code .ci/install-javas}.
 */
public final class JavaInstallations {
    private static final List<Integer> LONG_TERM = List.of(17, 21, 25);
    private static final int OLDEST = 17;
    // Later ones are early-access releases.
    private static final int NEWEST = 25;

    private JavaInstallations() {}

    /** One installation. */
    public record JavaInstallation(Runtime.Version version, Path home) {
        public int feature() {
            return version.feature();
        }

        /** Such as {@code 17.0.15}. */
        public String numbers() {
            return version.version().stream().map(String::valueOf).collect(Collectors.joining("."));
        }

        public Path java() {
            return home.resolve("bin/java");
        }

        @Override
        public String toString() {
            return "Java " + feature();
        }
    }

    /** The running Java. */
    public static JavaInstallation running() {
        return new JavaInstallation(Runtime.version(), realHome());
    }

    /** Whether the running Java has its own C library, with which the system's libfaketime is very slow. */
    public static boolean isRunningWithOwnLibraries() {
        return Files.exists(realHome().resolve("bin/java.own"));
    }

    /** One of each feature release from 17 to 25, in order. */
    public static List<JavaInstallation> all() {
        List<JavaInstallation> all = new ArrayList<>(others());
        all.add(running());
        all.sort(Comparator.comparingInt(JavaInstallation::feature));
        return List.copyOf(all);
    }

    /** One of each version from 17 to 25, updates included, in order. */
    public static List<JavaInstallation> versions() {
        return everyVersion().stream().filter(java -> java.feature() <= NEWEST).toList();
    }

    /** The newest Java, if it is later than 25. */
    public static Optional<JavaInstallation> toCome() {
        return everyVersion().stream().filter(java -> java.feature() > NEWEST).reduce((older, newer) -> newer);
    }

    /**
     * One of each feature release from 17 to 25, other than the running one.
     *
     * @throws AssertionError if a long-term release is missing although nothing may be missing
     */
    public static List<JavaInstallation> others() {
        if (Prerequisite.nothingMayBeMissing()) {
            missing().forEach(feature -> Prerequisite.require(false, howToGet(feature)));
        }
        return find();
    }

    /** The long-term releases that this machine lacks. */
    static List<Integer> missing() {
        Set<Integer> present = Stream.concat(Stream.of(running()), find().stream())
                .map(JavaInstallation::feature)
                .collect(Collectors.toSet());
        return LONG_TERM.stream().filter(feature -> !present.contains(feature)).toList();
    }

    /** The message for tests that need Java {@code feature} if it is missing. */
    static String howToGet(int feature) {
        return "Java " + feature + " on this machine, so nothing ran on it; run .ci/install-javas, install it beside "
                + realHome() + ", or name it by a variable JAVA_HOME_…";
    }

    private static List<JavaInstallation> find() {
        TreeMap<Integer, JavaInstallation> byFeature = new TreeMap<>();
        found().filter(java -> java.feature() <= NEWEST
                        && java.feature() != Runtime.version().feature())
                .forEach(java -> byFeature.putIfAbsent(java.feature(), java));
        return List.copyOf(byFeature.values());
    }

    // Only the version counts: two builds of one version have the same code.
    private static Collection<JavaInstallation> everyVersion() {
        TreeMap<String, JavaInstallation> byVersion =
                new TreeMap<>(Comparator.comparing(Runtime.Version::parse, Runtime.Version::compareToIgnoreOptional));
        Stream.concat(Stream.of(running()), found()).forEach(java -> byVersion.putIfAbsent(java.numbers(), java));
        return byVersion.values();
    }

    private static Stream<JavaInstallation> found() {
        return candidates()
                .map(JavaInstallations::inspect)
                .filter(Objects::nonNull)
                .filter(java -> java.feature() >= OLDEST);
    }

    private static Stream<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
                candidates.add(Path.of(value));
            }
        });
        for (Path parent : List.of(realHome().getParent(), Path.of("/usr/lib/jvm"), broughtByScript())) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> children = Files.list(parent)) {
                    children.sorted().forEach(candidates::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return candidates.stream();
    }

    /** As in {@code .ci/install-javas}. */
    private static Path broughtByScript() {
        Map<String, String> environment = System.getenv();
        String caches = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(environment.getOrDefault("GANGWAY_JVMS", caches + "/gangway/jvm"));
    }

    private static Path realHome() {
        try {
            return Path.of(System.getProperty("java.home")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaInstallation inspect(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return null;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? null : new JavaInstallation(Runtime.Version.parse(version), home);
    }
}
