package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.Samples;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The clients of one point. Each has tickets of its own, and keeps them from round to round, as the clients of a fleet keep
 * theirs from visit to visit.
 */
final class Load {
    private static final double STILL_COMPILING = 0.05;

    private final Fleet fleet;
    private final Point point;
    private final List<FleetClient> clients = new ArrayList<>();

    Load(Fleet fleet, Point point, FleetFiles files) throws IOException, GeneralSecurityException {
        this.fleet = fleet;
        this.point = point;
        KeyManager[] keyManagers = null;
        if (point.listener().clientCertificates()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(
                    files.clientKeyStore().load(),
                    files.clientKeyStore().password().toCharArray());
            keyManagers = factory.getKeyManagers();
        }
        for (int i = 0; i < point.atOnce(); i++) {
            clients.add(
                    new FleetClient(point.protocol(), point.visit(), fleet.ports(point.listener()), i, keyManagers));
        }
    }

    Point point() {
        return point;
    }

    /** All clients connect once, and then for {@code duration}, of which the result tells. */
    Measurement measure(Duration duration) throws IOException, InterruptedException {
        run(Duration.ZERO);
        clients.forEach(FleetClient::reset);
        long own = ProcessHandle.current().pid();
        long server = fleet.cpuMicros();
        long compilers = fleet.compilerMicros();
        long client = ProcFiles.cpuMicros(own);
        long all = ProcFiles.busyMicros();
        long begin = System.nanoTime();
        run(duration);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return result(
                seconds,
                fleet.cpuMicros() - server,
                // A compiler thread that has ended is no longer counted.
                Math.max(0, fleet.compilerMicros() - compilers),
                ProcFiles.cpuMicros(own) - client,
                ProcFiles.busyMicros() - all);
    }

    /** All clients connect at least once, and again until {@code duration} is over. */
    void run(Duration duration) throws IOException, InterruptedException {
        run(client -> {
            long end = System.nanoTime() + duration.toNanos();
            do {
                client.connect();
            } while (System.nanoTime() < end);
        });
    }

    /**
     * Connects until the servers' JVMs have compiled their code, as those of servers that have run for a while: until their
     * compilers use less than a twentieth of the CPU time.
     *
     * @param step connections between two looks at the compilers
     * @param most steps
     */
    void warmUp(int step, int most) throws IOException, InterruptedException {
        boolean isCompiling = true;
        for (int i = 0; i < most && isCompiling; i++) {
            long compilers = fleet.compilerMicros();
            long server = fleet.cpuMicros();
            connect(step);
            isCompiling = fleet.compilerMicros() - compilers > STILL_COMPILING * (fleet.cpuMicros() - server);
        }
    }

    /** This many connections, of all clients together. */
    void connect(int connections) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(connections);
        run(client -> {
            while (left.getAndDecrement() > 0) {
                client.connect();
            }
            client.reset();
        });
    }

    private interface Work {
        void doAs(FleetClient client) throws IOException;
    }

    private void run(Work work) throws IOException, InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        AtomicReference<IOException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (FleetClient client : clients) {
            Thread thread = new Thread(() -> connect(client, start, work, failure), "client");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IOException(point + ": " + failure.get().getMessage(), failure.get());
        }
    }

    private static void connect(
            FleetClient client, CountDownLatch start, Work work, AtomicReference<IOException> failure) {
        try {
            start.await();
            work.doAs(client);
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<FleetClient> clients() {
        return clients;
    }

    private Measurement result(
            double seconds, long serverMicros, long compilerMicros, long clientMicros, long allMicros) {
        Samples nanos = new Samples();
        clients.forEach(client -> nanos.addAll(client.nanos()));
        double connections = sum(FleetClient::connections);
        return new Measurement(
                (int) connections,
                serverMicros / connections,
                clientMicros / connections,
                connections / seconds,
                sum(FleetClient::resumed) / connections,
                nanos.quantile(0.5) / 1e6,
                nanos.quantile(0.99) / 1e6,
                nanos.quantile(0.999) / 1e6,
                sum(FleetClient::received) / connections,
                sum(FleetClient::sent) / connections,
                Math.max(0, allMicros - serverMicros - clientMicros) / seconds / 1e6,
                compilerMicros / connections);
    }

    private double sum(ToLongFunction<FleetClient> of) {
        return clients.stream().mapToLong(of).sum();
    }
}
