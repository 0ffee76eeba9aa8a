package dev.gangway.benchmarks.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of this machine that servers run on. */
final class Programs {
    /**
     * A method is compiled after a tenth of the calls: a server has hours to compile its code, and the benchmark minutes. A
     * compiler thread does not end, so that {@link ProcFiles#compilerMicros} is complete.
     */
    static final List<String> COMPILES_SOONER =
            List.of("-XX:CompileThresholdScaling=0.1", "-XX:-UseDynamicNumberOfCompilerThreads");

    private static final String SUN_JSSE_OPEN = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";
    private static final int FOREIGN_FUNCTIONS = 22;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

    private final Map<Integer, Path> javas = new TreeMap<>();
    private final List<String> jvmFlags;

    private Programs(Map<Integer, Path> javas, List<String> jvmFlags) {
        this.jvmFlags = jvmFlags;
        this.javas.putAll(javas);
    }

    /**
     * Finds Java versions beside the running one, and where {@code .ci/install-javas} puts them.
     *
     * @param jvmFlags for all of them
     */
    static Programs find(List<String> jvmFlags) throws IOException {
        Map<Integer, Path> javas = new TreeMap<>();
        Path running = Path.of(System.getProperty("java.home")).toRealPath();
        javas.put(Runtime.version().feature(), running);
        String folder = Optional.ofNullable(System.getenv("GANGWAY_JVMS"))
                .orElse(System.getProperty("user.home") + "/.cache/gangway/jvm");
        for (Path parent : List.of(running.getParent(), Path.of("/usr/lib/jvm"), Path.of(folder))) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> homes = Files.list(parent)) {
                    homes.sorted()
                            .forEach(home -> feature(home).ifPresent(version -> javas.putIfAbsent(version, home)));
                }
            }
        }
        return new Programs(javas, jvmFlags);
    }

    private static Optional<Integer> feature(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() && Files.isExecutable(home.resolve("bin/java"))
                    ? Optional.of(Integer.valueOf(version.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What {@code server} needs and this machine lacks; empty if nothing. */
    Optional<String> missing(Server server) {
        if (server.isJava() && !javas.containsKey(server.java())) {
            return Optional.of("Java " + server.java());
        }
        if (server.isOpenSsl() && openSslClasses().isEmpty()) {
            return Optional.of("Tomcat's classes for OpenSSL, which the build puts beside this program");
        }
        return server.isJava() || installed(server.name()).isPresent() ? Optional.empty() : Optional.of(server.name());
    }

    String path(String program) {
        return installed(program).orElseThrow().toString();
    }

    Optional<Path> installed(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The command of a Jetty or Tomcat node. */
    List<String> node(Server server, FleetFiles files, List<Listener> listeners) {
        List<String> command = new ArrayList<>(List.of(
                javas.get(server.java()).resolve("bin/java").toString(), "-Xms256m", "-Xmx256m", SUN_JSSE_OPEN));
        command.addAll(jvmFlags);
        command.addAll(server.setting().jvmFlags());
        String classPath = System.getProperty("java.class.path");
        if (server.java() >= FOREIGN_FUNCTIONS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (server.engine().equals(FleetNode.CACHE)) {
            command.add("-Djdk.tls.server.enableSessionTicketExtension=false");
        }
        if (server.isOpenSsl()) {
            classPath += ":" + openSslClasses().orElseThrow();
        }
        command.addAll(List.of("-cp", classPath, FleetNode.class.getName()));
        command.addAll(List.of(
                server.kind() == Server.Kind.JETTY ? "jetty" : "tomcat",
                server.engine(),
                files.directory().toString()));
        listeners.forEach(listener -> command.add(listener.toString()));
        return command;
    }

    /** The version of what {@code server} runs on. */
    String version(Server server) throws IOException, InterruptedException {
        if (server.isJava()) {
            Matcher version =
                    VERSION.matcher(Files.readString(javas.get(server.java()).resolve("release")));
            return version.find() ? version.group().replaceAll("[^\\d.]", "") : "";
        }
        return version(server.name());
    }

    /** The version that a program says of itself. */
    String version(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(path(program), "-v")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String first = lines.readLine();
            process.waitFor();
            return first == null ? "" : first.replaceAll("^\\D*([\\d.]+).*", "$1");
        }
    }

    private static Optional<Path> openSslClasses() {
        try {
            Path built = Path.of(Programs.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("tomcat");
            try (Stream<Path> files = Files.walk(built)) {
                return files.filter(file -> file.endsWith("tomcat-coyote-ffm.jar"))
                        .findFirst();
            }
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }
}
