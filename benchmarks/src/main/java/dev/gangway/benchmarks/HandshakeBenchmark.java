package dev.gangway.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Resumed handshakes in memory, alternately with an observed server engine and with the same engine without an observer, so
 * that other load on the machine affects both alike.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandshakeBenchmark {
    @Param({"jdk", "conscrypt"})
    public String engine;

    @Param({"TLSv1.2", "TLSv1.3"})
    public String protocol;

    /**
     * The number of observed handshakes before the measurement, after which the JVM has compiled the observer, as in a
     * server that has run for a while. In TLS 1.3, which is slower, a quarter of that number.
     */
    @Param("30000")
    public int before;

    // The first handshake of each client is full, as on a server. If the JVM compiled the code with resumptions only,
    // it
    // would discard that code at the next full handshake.
    private static final int CONNECTIONS_OF_A_CLIENT = 50;
    // Conscrypt's engines keep files open until they are garbage-collected.
    private static final int CONNECTIONS_BETWEEN_COLLECTIONS = 1000;

    private BenchServer server;
    private BenchClient client;
    private final TimedHandshake handshake = new TimedHandshake();
    private int turn;

    /** The medians of an iteration; unlike means, they hardly change if another process sometimes has the processor. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Medians {
        private final Samples own = new Samples();
        private final Samples ownServer = new Samples();
        private final Samples observed = new Samples();
        private final Samples observedServer = new Samples();
        private final Samples control = new Samples();
        private final Samples controlServer = new Samples();

        @Setup(Level.Iteration)
        public void clear() {
            List.of(own, ownServer, observed, observedServer, control, controlServer)
                    .forEach(Samples::clear);
        }

        public long ownNanos() {
            return own.median();
        }

        public long ownServerNanos() {
            return ownServer.median();
        }

        public long observedNanos() {
            return observed.median();
        }

        public long observedServerNanos() {
            return observedServer.median();
        }

        public long controlNanos() {
            return control.median();
        }

        public long controlServerNanos() {
            return controlServer.median();
        }
    }

    @Setup
    public void start() throws Exception {
        server = BenchServer.start(engine);
        warmUp("TLSv1.2", before);
        warmUp("TLSv1.3", before / 4);
        client = new BenchClient(protocol);
        // After this handshake the client has a ticket.
        connect(server.observedEngine());
    }

    private void warmUp(String version, int connections) throws Exception {
        for (int i = 0; i < connections; i++) {
            if (i % CONNECTIONS_OF_A_CLIENT == 0) {
                client = new BenchClient(version);
            }
            if (i % CONNECTIONS_BETWEEN_COLLECTIONS == 0) {
                collect();
            }
            connect(server.observedEngine());
        }
    }

    /** JMH's own garbage collection runs finalizers in two threads at once, which Conscrypt's engines do not support. */
    @Setup(Level.Iteration)
    public void collect() {
        System.gc();
    }

    @TearDown
    public void stop() {
        server.close();
        if (client.fullHandshakes() != 1) {
            throw new IllegalStateException(
                    client.fullHandshakes() + " handshakes were full: no resumption was measured");
        }
    }

    /** Three connections, in changing order: one that is observed, and two that are not, which should take the same time. */
    @Benchmark
    public void ownObservedAndControl(Medians medians) throws SSLException {
        turn = (turn + 1) % 3;
        for (int i = 0; i < 3; i++) {
            switch ((turn + i) % 3) {
                case 0 -> connect(UnobservedEngine.of(server.observedEngine()), medians.own, medians.ownServer);
                case 1 -> connect(server.observedEngine(), medians.observed, medians.observedServer);
                default ->
                    connect(UnobservedEngine.of(server.observedEngine()), medians.control, medians.controlServer);
            }
        }
    }

    private void connect(SSLEngine serverEngine, Samples whole, Samples share) throws SSLException {
        connect(serverEngine);
        whole.add(handshake.wholeNanos());
        share.add(handshake.serverNanos());
    }

    private void connect(SSLEngine serverEngine) throws SSLException {
        handshake.run(client.engine(), serverEngine);
    }
}
