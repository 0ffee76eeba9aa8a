package dev.gangway.benchmarks.server;

import dev.gangway.benchmarks.Estimate;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.examples.files.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Resumed connections to two servers in this JVM, one without and one with Gangway. Connections go to them alternately, so
 * that other load on the machine affects both alike.
 */
public final class ServerBench {
    private final PrintStream out;
    private final int compilation;
    private final int warmup;
    private final int rounds;
    private final int connections;

    /** @param quick only a few connections, which check that the benchmark runs */
    public ServerBench(PrintStream out, boolean quick) {
        this.out = out;
        this.compilation = quick ? 1 : 15_000;
        this.warmup = quick ? 2 : 2_000;
        this.rounds = quick ? 1 : 20;
        this.connections = quick ? 2 : 300;
    }

    /** @throws Exception the reason why a server does not start or serve */
    public void run() throws Exception {
        out.printf("""
                Resumed connections over the loopback interface, one after the other: connect, handshake, GET, answer, close.
                %d rounds of %d connections to each server; each round gives one ratio of medians.
                Errors are half of a 99 %% confidence interval.
                (1) median time of a connection with Gangway, in µs
                (2) change against the container without Gangway, if that resumes
                %n""", rounds, connections);
        out.printf("%-8s %-10s %-8s %9s %18s%n", "server", "engine", "protocol", "(1)", "(2)");
        try (TemporaryDirectory directory = TemporaryDirectory.make("gangway-bench")) {
            ServerKeyStore keyStore = StateDirectory.at(directory.path()).certificate();
            compile(keyStore);
            for (Container container : Container.values()) {
                for (String engine : List.of("jdk", "conscrypt")) {
                    measure(container, engine, keyStore);
                }
            }
        }
        out.println();
    }

    private enum Container {
        JETTY,
        TOMCAT;

        /** Tomcat without Gangway cannot use Conscrypt. */
        boolean hasStock(String engine) {
            return this == JETTY || engine.equals("jdk");
        }

        TlsContainer start(Kind kind, String engine, ServerKeyStore keyStore) throws Exception {
            MeasuredServer settings = MeasuredServer.alone(kind, engine, keyStore);
            return this == JETTY ? MeasuredJetty.start(settings) : MeasuredTomcat.start(settings);
        }
    }

    // After these connections the JVM has compiled Gangway's code, as in a server that has run for a while.
    private void compile(ServerKeyStore keyStore) throws Exception {
        try (TlsContainer server = Container.JETTY.start(Kind.GANGWAY, "jdk", keyStore)) {
            MeasuringClient client = new MeasuringClient(server, "TLSv1.2");
            for (int i = 0; i < compilation; i++) {
                client.connect();
            }
        }
    }

    private void measure(Container container, String engine, ServerKeyStore keyStore) throws Exception {
        Map<Kind, TlsContainer> servers = new EnumMap<>(Kind.class);
        try {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.STOCK || container.hasStock(engine)) {
                    servers.put(kind, container.start(kind, engine, keyStore));
                }
            }
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                Map<Kind, MeasuringClient> clients = new EnumMap<>(Kind.class);
                for (Map.Entry<Kind, TlsContainer> server : servers.entrySet()) {
                    clients.put(server.getKey(), new MeasuringClient(server.getValue(), protocol));
                }
                print(container, engine, protocol, measure(clients));
            }
        } finally {
            servers.values().forEach(TlsContainer::close);
        }
    }

    /** The medians of each round. */
    private Map<Kind, double[]> measure(Map<Kind, MeasuringClient> clients) throws IOException {
        List<Kind> kinds = new ArrayList<>(clients.keySet());
        round(kinds, clients, warmup);
        // A stock container that does not resume cannot be compared.
        if (kinds.contains(Kind.STOCK) && !clients.get(Kind.STOCK).resumes()) {
            kinds.remove(Kind.STOCK);
        }
        Map<Kind, double[]> medians = new EnumMap<>(Kind.class);
        kinds.forEach(kind -> medians.put(kind, new double[rounds]));
        for (int round = 0; round < rounds; round++) {
            Map<Kind, long[]> times = round(kinds, clients, connections);
            for (Kind kind : kinds) {
                medians.get(kind)[round] = median(times.get(kind));
            }
        }
        for (Kind kind : kinds) {
            if (!clients.get(kind).resumes()) {
                throw new IOException(kind + ": " + clients.get(kind));
            }
        }
        return medians;
    }

    private static Map<Kind, long[]> round(List<Kind> kinds, Map<Kind, MeasuringClient> clients, int connections)
            throws IOException {
        Map<Kind, long[]> times = new EnumMap<>(Kind.class);
        kinds.forEach(kind -> times.put(kind, new long[connections]));
        for (int i = 0; i < connections; i++) {
            // The order changes: the server of the connection before may still be busy with the end of that connection.
            int direction = (i / kinds.size()) % 2 == 0 ? 1 : -1;
            for (int turn = 0; turn < kinds.size(); turn++) {
                Kind kind = kinds.get(Math.floorMod(i + direction * turn, kinds.size()));
                times.get(kind)[i] = clients.get(kind).connect();
            }
        }
        return times;
    }

    private void print(Container container, String engine, String protocol, Map<Kind, double[]> medians) {
        out.printf(
                Locale.ROOT,
                "%-8s %-10s %-8s %9.1f %18s%n",
                container.name().toLowerCase(Locale.ROOT),
                engine,
                protocol,
                Estimate.of(medians.get(Kind.GANGWAY)).mean() / 1000,
                medians.containsKey(Kind.STOCK) ? ratioToStock(medians) : "-");
    }

    private static String ratioToStock(Map<Kind, double[]> medians) {
        double[] gangway = medians.get(Kind.GANGWAY);
        double[] ratios = new double[gangway.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = gangway[i] / medians.get(Kind.STOCK)[i];
        }
        return Estimate.of(ratios).asChange();
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : (double) sorted[sorted.length / 2];
    }
}
