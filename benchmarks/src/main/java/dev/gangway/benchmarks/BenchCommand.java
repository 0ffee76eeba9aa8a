package dev.gangway.benchmarks;

import dev.gangway.benchmarks.fleet.FleetBench;
import dev.gangway.benchmarks.server.ServerBench;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what Gangway costs and what it saves. */
@Command(
        name = "gangway-benchmarks",
        description = "Measures the cost of observing handshakes in memory and through embedded servers, what"
                + " connections cost fleets of servers, and what memory sessions take. Takes about three hours, during which the"
                + " machine should do nothing else.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    /** What is measured. */
    enum Part {
        MEMORY,
        SERVERS,
        FLEET,
        SETTINGS,
        COMPARISON,
        SESSIONS,
        PROFILE
    }

    @Option(names = "--part", split = ",", description = "Any of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--quick", description = "Only checks that the benchmarks run: the numbers have no meaning.")
    private boolean quick;

    @Option(
            names = "--servers",
            split = ",",
            description =
                    "Of parts fleet, settings, comparison, sessions and profile: only these, such as 'jetty jdk,tomcat stock'.")
    private Set<String> servers = Set.of();

    @Option(
            names = "--docs",
            description =
                    "Of parts fleet, settings, comparison, sessions and profile: the directory whose tables and plots are replaced.")
    private Path documents;

    @Option(
            names = "--tables",
            description = "Measures nothing, and makes tables and plots of what --docs has already.")
    private boolean tables;

    public static void main(String[] args) throws IOException {
        configureLogging();
        System.exit(new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    /** For this process and those that it starts. */
    public static void configureLogging() throws IOException {
        try (InputStream settings =
                BenchCommand.class.getResourceAsStream("/dev/gangway/examples/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        out.println("Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors\n");
        FleetBench fleet = new FleetBench(out, quick, servers, Optional.ofNullable(documents));
        if (tables) {
            fleet.tables();
            return 0;
        }
        if (parts.contains(Part.MEMORY)) {
            new MemoryBench(out, quick).run();
        }
        if (parts.contains(Part.SERVERS)) {
            new ServerBench(out, quick).run();
        }
        if (parts.contains(Part.FLEET)) {
            fleet.connections();
        }
        if (parts.contains(Part.SETTINGS)) {
            fleet.settings();
        }
        if (parts.contains(Part.COMPARISON)) {
            fleet.comparison();
        }
        if (parts.contains(Part.SESSIONS)) {
            fleet.sessions();
        }
        if (parts.contains(Part.PROFILE)) {
            fleet.profile();
        }
        return 0;
    }
}
