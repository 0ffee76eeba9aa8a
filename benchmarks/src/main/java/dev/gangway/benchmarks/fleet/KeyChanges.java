package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.Samples;
import dev.gangway.examples.cluster.SharedKeyFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Connections while ticket keys change under them. */
final class KeyChanges {
    static final List<Server> SERVERS = List.of(
            Server.jetty("jdk", Runtime.version().feature()),
            Server.jetty("conscrypt", Runtime.version().feature()),
            Server.tomcat("openssl", Math.max(Plan.NEW_JAVA, Runtime.version().feature())));

    private static final int CHANGES = 5;
    // More than the interval at which nodes read their key file.
    private static final Duration NOTICE = Duration.ofSeconds(4);
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    private static final long AROUND = TimeUnit.SECONDS.toNanos(1);
    // The nodes read the file in the two seconds after it was written, so in the middle of them.
    private static final long READING = AROUND - TimeUnit.SECONDS.toNanos(NOTICE.toSeconds());
    // Neither has the file been written again, nor do the keys change.
    private static final long OTHERWISE = TimeUnit.SECONDS.toNanos(BETWEEN.toSeconds()) - AROUND;

    private final SharedKeyFile keys;
    private final FleetFiles files;

    KeyChanges(SharedKeyFile keys, FleetFiles files) {
        this.keys = keys;
        this.files = files;
    }

    /** The connections. */
    static Point point(Server server) {
        return new Point(server, Plan.BASE, "TLSv1.3", Visit.OTHER_NODE, Plan.FEW);
    }

    void measure(Fleet fleet, Results results) throws IOException, InterruptedException, GeneralSecurityException {
        Load load = new Load(fleet, point(fleet.server()), files);
        load.run(Duration.ZERO);
        load.clients().forEach(FleetClient::reset);
        Duration whole = NOTICE.plus(BETWEEN).multipliedBy(CHANGES);
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(load, whole));
        List<Long> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            keys.withImmediateKey(Instant.now().plus(NOTICE));
            changes.add(System.nanoTime() + NOTICE.toNanos());
            TimeUnit.NANOSECONDS.sleep(NOTICE.plus(BETWEEN).toNanos());
        }
        try {
            running.join();
        } catch (CompletionException e) {
            throw new IOException("while keys change: " + e.getMessage(), e);
        }
        double connections =
                load.clients().stream().mapToInt(FleetClient::connections).sum();
        double resumed = load.clients().stream().mapToInt(FleetClient::resumed).sum();
        for (long change : changes) {
            Samples around = within(load, change);
            Samples reading = within(load, change + READING);
            Samples other = within(load, change + OTHERWISE);
            results.add(new KeyChange(
                    fleet.server(),
                    around.count(),
                    millis(around, 0.5),
                    millis(around, 0.99),
                    millis(reading, 0.5),
                    millis(reading, 0.99),
                    millis(other, 0.5),
                    millis(other, 0.99),
                    resumed / connections));
        }
    }

    private static void run(Load load, Duration whole) {
        try {
            load.run(whole);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Samples within(Load load, long middle) {
        Samples within = new Samples();
        for (FleetClient client : load.clients()) {
            for (int i = 0; i < client.ends().count(); i++) {
                if (Math.abs(client.ends().get(i) - middle) < AROUND) {
                    within.add(client.nanos().get(i));
                }
            }
        }
        return within;
    }

    private static double millis(Samples nanos, double share) {
        return nanos.quantile(share) / 1e6;
    }
}
