package dev.gangway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Java installations of this machine: beside the running one, in the usual place, and those named by JAVA_HOME_*. */
public final class JavaInstallations {
    private JavaInstallations() {}

    /** One installation, by its feature release. */
    public record JavaInstallation(int feature, Path home) {
        public Path java() {
            return home.resolve("bin/java");
        }

        @Override
        public String toString() {
            return "Java " + feature;
        }
    }

    /** The running one. */
    public static JavaInstallation running() {
        return new JavaInstallation(Runtime.version().feature(), realHome());
    }

    /** One of each feature release from 17 on, in order. */
    public static List<JavaInstallation> all() {
        List<JavaInstallation> all = new ArrayList<>(others());
        all.add(running());
        all.sort(Comparator.comparingInt(JavaInstallation::feature));
        return List.copyOf(all);
    }

    /**
     * One of each feature release from 17 on, other than the running one.
     *
     * @throws AssertionError if there is none, where nothing may be missing
     */
    public static List<JavaInstallation> others() {
        List<JavaInstallation> others = find();
        if (others.isEmpty() && Prerequisite.nothingMayBeMissing()) {
            Prerequisite.require(false, noOther());
        }
        return others;
    }

    /** As {@link #others()}; skips the test, and says so, if there is none. */
    public static List<JavaInstallation> othersOrSkip() {
        List<JavaInstallation> others = find();
        Prerequisite.require(!others.isEmpty(), noOther());
        return others;
    }

    private static String noOther() {
        return "a Java version from 17 on beside " + running() + " (" + realHome()
                + "); install another JDK, or name one by a variable JAVA_HOME_…";
    }

    private static List<JavaInstallation> find() {
        TreeMap<Integer, JavaInstallation> byFeature = new TreeMap<>();
        candidates()
                .map(JavaInstallations::inspect)
                .filter(Objects::nonNull)
                .filter(java -> java.feature() >= 17
                        && java.feature() != Runtime.version().feature())
                .forEach(java -> byFeature.putIfAbsent(java.feature(), java));
        return List.copyOf(byFeature.values());
    }

    private static Stream<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
                candidates.add(Path.of(value));
            }
        });
        for (Path parent : List.of(realHome().getParent(), Path.of("/usr/lib/jvm"))) {
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

    private static Path realHome() {
        try {
            return Path.of(System.getProperty("java.home")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaInstallation inspect(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
            return null;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty()
                ? null
                : new JavaInstallation(Runtime.Version.parse(version).feature(), home);
    }
}
