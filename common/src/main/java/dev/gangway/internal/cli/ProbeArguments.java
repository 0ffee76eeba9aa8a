package dev.gangway.internal.cli;

import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.NearestName;
import dev.gangway.internal.probe.Address;
import dev.gangway.internal.probe.TlsVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;

/**
 * The parsed arguments {@code probe HOST:PORT… [OPTION…]}.
 *
 * @param tls the versions to try; empty if all that the servers accept
 */
record ProbeArguments(
        List<Address> nodes,
        Optional<String> serverName,
        Optional<TlsVersion> tls,
        Optional<Integer> connections,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> passwordFile,
        Duration timeout,
        boolean json) {
    private static final Set<String> FLAGS = Set.of("--json");
    private static final List<String> OPTIONS = List.of(
            "--servername", "--tls", "--connections", "--cert", "--key", "--password-file", "--timeout", "--json");
    private static final int MOST_NODES = 100;
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** @throws IllegalArgumentException if the arguments do not have that form */
    static ProbeArguments parse(List<String> args) {
        Set<Address> nodes = new LinkedHashSet<>();
        Map<String, String> options = new HashMap<>();
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            if (arg.startsWith("-")) {
                readOption(arg, rest, options);
            } else if (!nodes.add(Address.parse(arg))) {
                throw new IllegalArgumentException("node " + arg + " is given twice");
            }
        }
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("no node is given; expected 'probe HOST:PORT HOST:PORT …'");
        }
        if (nodes.size() > MOST_NODES) {
            throw new IllegalArgumentException("there are more than " + MOST_NODES + " nodes");
        }
        Optional<Integer> connections =
                Optional.ofNullable(options.get("--connections")).map(ProbeArguments::connections);
        if (nodes.size() == 1 && connections.isPresent() && connections.get() < 2) {
            throw new IllegalArgumentException("with one address, --connections is 2 or more:"
                    + " the first connection gets a ticket, and the others offer it");
        }
        return new ProbeArguments(
                List.copyOf(nodes),
                serverName(options, nodes),
                version(options.getOrDefault("--tls", "both")),
                connections,
                path(options, "--cert"),
                path(options, "--key"),
                path(options, "--password-file"),
                timeout(options.getOrDefault("--timeout", "10s")),
                options.containsKey("--json"));
    }

    private static void readOption(String arg, Iterator<String> rest, Map<String, String> options) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        if (!OPTIONS.contains(name)) {
            throw new IllegalArgumentException("'probe' has no option " + name + "; it has: "
                    + String.join(", ", OPTIONS) + NearestName.hint(name, OPTIONS));
        }
        String value = equals < 0 ? "" : arg.substring(equals + 1);
        if (FLAGS.contains(name)) {
            if (equals >= 0) {
                throw new IllegalArgumentException("option " + name + " has no value");
            }
        } else if (equals < 0) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("option " + name + " needs a value: " + name + "=…");
            }
            value = rest.next();
        }
        if (options.put(name, value) != null) {
            throw new IllegalArgumentException("option " + name + " is given twice");
        }
    }

    private static Optional<String> serverName(Map<String, String> options, Set<Address> nodes) {
        String given = options.get("--servername");
        if (given == null) {
            return nodes.stream()
                    .filter(Address::hasName)
                    .map(Address::host)
                    .filter(ProbeArguments::isServerName)
                    .findFirst();
        }
        if (!given.isEmpty() && !isServerName(given)) {
            throw new IllegalArgumentException("--servername '" + given + "' is not a server name");
        }
        return Optional.of(given).filter(name -> !name.isEmpty());
    }

    private static boolean isServerName(String name) {
        try {
            // It also goes into a header of HTTP, and SNIHostName allows more than letters.
            new SNIHostName(name);
            return name.matches("[A-Za-z0-9._-]+");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<TlsVersion> version(String text) {
        return text.equals("both") ? Optional.empty() : Optional.of(TlsVersion.parse(text));
    }

    private static int connections(String text) {
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "--connections '" + text + "' is not a number from 1 to " + MOST_CONNECTIONS);
        }
        return Integer.parseInt(text);
    }

    private static Optional<Path> path(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name)).map(Path::of);
    }

    private static Duration timeout(String text) {
        Duration timeout = Durations.parse("--timeout", text);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("--timeout '" + text + "' is not between 1ms and 1h");
        }
        return timeout;
    }
}
