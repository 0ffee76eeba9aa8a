package dev.gangway.examples.probe;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a probe from the command line. */
@Command(
        name = "probe",
        description =
                "Connects again and again as a client that keeps its tickets, and prints one line of JSON: how many"
                        + " connections were resumed, and how long handshakes took. Trusts any certificate.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no connection failed", "1:at least one did"},
        mixinStandardHelpOptions = true)
public final class ProbeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--connect", required = true, paramLabel = "HOST:PORT")
    private String target;

    @Option(names = "--connections", required = true, description = "Of each client, one after the other.")
    private int connections;

    @Option(names = "--tls", defaultValue = "1.3", description = "1.2 or 1.3 (default: ${DEFAULT-VALUE}).")
    private TlsVersion tls;

    @Option(
            names = "--clients",
            defaultValue = "1",
            description = "Side by side, each with its own tickets (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Override
    public Integer call() {
        ProbeResult result = Probe.run(settings());
        System.out.println(result.toJson());
        return result.failed() == 0 ? 0 : 1;
    }

    private ProbeSettings settings() {
        int colon = target.lastIndexOf(':');
        try {
            if (colon < 1) {
                throw new IllegalArgumentException("--connect '" + target + "' is not HOST:PORT");
            }
            int port = Integer.parseInt(target.substring(colon + 1));
            return new ProbeSettings(target.substring(0, colon), port, tls, connections, clients);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
