package dev.gangway.benchmarks;

import dev.gangway.benchmarks.server.ServerBench;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the cost of observing handshakes. */
@Command(
        name = "gangway-benchmarks",
        description = "Measures the cost of observing and counting handshakes: in memory with JMH, and through"
                + " embedded servers on the loopback interface. Takes about twenty minutes, during which the machine should do"
                + " nothing else.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    /** What is measured. */
    enum Part {
        MEMORY,
        SERVERS,
        ALL
    }

    @Option(
            names = "--part",
            defaultValue = "ALL",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Part part;

    @Option(names = "--quick", description = "Only checks that the benchmarks run: the numbers have no meaning.")
    private boolean quick;

    public static void main(String[] args) throws IOException {
        try (InputStream settings =
                BenchCommand.class.getResourceAsStream("/dev/gangway/examples/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
        System.exit(new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        out.println("Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors\n");
        if (part != Part.SERVERS) {
            new MemoryBench(out, quick).run();
        }
        if (part != Part.MEMORY) {
            new ServerBench(out, quick).run();
        }
        return 0;
    }
}
