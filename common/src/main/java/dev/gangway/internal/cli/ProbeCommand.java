package dev.gangway.internal.cli;

import dev.gangway.internal.probe.ClientSettings;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeReport;
import dev.gangway.internal.probe.TlsVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;

/** {@code probe}: finds out as a client whether nodes resume each other's sessions. */
final class ProbeCommand {
    static final String NAME = "probe";

    private static final int OK = 0;
    private static final int USAGE = 2;

    private static final Set<String> HELP_OPTIONS = Set.of("--help", "-h");
    private static final int CONNECTIONS_TO_ONE_ADDRESS = 10;

    static final String HELP = """
            probe HOST:PORT HOST:PORT … [--servername=NAME] [--tls=1.2|1.3|both] [--connections=1]
                get tickets from each node, offer them to each node, and print which nodes resume. Works with any
                TLS server.
            probe HOST:PORT [--connections=10]
                connect again and again as one client that keeps its tickets, to a node or a load balancer.
            Options of both:
                --servername=NAME   the server name (SNI) for every node; by default the first host that is a name
                --tls=VERSION       by default both versions that have tickets, as far as the nodes accept them
                --cert=FILE         a client certificate, PEM with --key=FILE, or PKCS #12 with --password-file=FILE
                --timeout=10s       how long one connection may take
                --json              print one line of JSON
            The probe trusts any certificate. It sends handshakes and the request 'HEAD /', and nothing else.
            Exit code: 0 every ticket was accepted, 1 there were full handshakes, 2 arguments not understood or a
            file not usable, 3 a connection failed
            """;

    private final PrintStream out;
    private final PrintStream err;

    ProbeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * @param args those after {@code probe}
     * @return the exit code
     */
    int run(List<String> args) {
        if (args.stream().anyMatch(HELP_OPTIONS::contains)) {
            out.print(HELP);
            return OK;
        }
        try {
            ProbeArguments arguments = ProbeArguments.parse(args);
            ProbeReport report = probe(arguments);
            out.print(arguments.json() ? report.toJson() + "\n" : report.toText());
            return report.exitCode();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            return USAGE;
        } catch (IOException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    private static ProbeReport probe(ProbeArguments arguments) throws IOException {
        Probe.prepare();
        ClientSettings settings =
                new ClientSettings(arguments.serverName(), certificate(arguments), arguments.timeout());
        List<TlsVersion> versions =
                arguments.tls().map(List::of).orElse(List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2));
        return arguments.nodes().size() == 1
                ? ProbeReport.ofOneAddress(
                        arguments.nodes().get(0),
                        settings,
                        versions,
                        arguments.connections().orElse(CONNECTIONS_TO_ONE_ADDRESS))
                : ProbeReport.ofFleet(
                        arguments.nodes(),
                        settings,
                        versions,
                        arguments.connections().orElse(1));
    }

    private static List<KeyManager> certificate(ProbeArguments arguments) throws IOException {
        if (arguments.certificate().isEmpty()) {
            if (arguments.key().isPresent() || arguments.passwordFile().isPresent()) {
                throw new IllegalArgumentException("--key and --password-file belong to a --cert=FILE");
            }
            return List.of();
        }
        return ClientCertificate.load(arguments.certificate().get(), arguments.key(), arguments.passwordFile());
    }
}
