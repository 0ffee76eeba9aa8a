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
 * Resumed handshakes in memory with a watched server engine, and with the same engine without the watch, in turn: what
 * else the machine does meets both alike.
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
     * Watched handshakes before all others: after so many the JVM has compiled the watch, as in a server that has run for a
     * while. Of the slower TLS 1.3 there are a quarter as many.
     */
    @Param("30000")
    public int before;

    // One in so many is full, as in a server. A JVM that has seen resumptions only throws its code away at the next
    // full one.
    private static final int CONNECTIONS_OF_A_CLIENT = 50;
    // Engines of Conscrypt hold files open until they are collected.
    private static final int CONNECTIONS_BETWEEN_COLLECTIONS = 1000;

    private BenchServer server;
    private BenchClient client;
    private final TimedHandshake handshake = new TimedHandshake();
    private int turn;

    /** The medians of an iteration, for which it does not matter that another process had the processor now and then. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Medians {
        private final Samples own = new Samples();
        private final Samples ownServer = new Samples();
        private final Samples watched = new Samples();
        private final Samples watchedServer = new Samples();
        private final Samples control = new Samples();
        private final Samples controlServer = new Samples();

        @Setup(Level.Iteration)
        public void clear() {
            List.of(own, ownServer, watched, watchedServer, control, controlServer)
                    .forEach(Samples::clear);
        }

        public long ownNanos() {
            return own.median();
        }

        public long ownServerNanos() {
            return ownServer.median();
        }

        public long watchedNanos() {
            return watched.median();
        }

        public long watchedServerNanos() {
            return watchedServer.median();
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
        // After the first one the client has a ticket.
        connect(server.watchedEngine());
    }

    private void warmUp(String version, int connections) throws Exception {
        for (int i = 0; i < connections; i++) {
            if (i % CONNECTIONS_OF_A_CLIENT == 0) {
                client = new BenchClient(version);
            }
            if (i % CONNECTIONS_BETWEEN_COLLECTIONS == 0) {
                collect();
            }
            connect(server.watchedEngine());
        }
    }

    /** JMH's own way would run finalizers in two threads, which is one too many for Conscrypt's engines. */
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

    /** Three connections: one that is watched, and two that are not and should take the same time. Nobody is always the first. */
    @Benchmark
    public void ownWatchedAndControl(Medians medians) throws SSLException {
        turn = (turn + 1) % 3;
        for (int i = 0; i < 3; i++) {
            switch ((turn + i) % 3) {
                case 0 -> connect(UnobservedEngine.of(server.watchedEngine()), medians.own, medians.ownServer);
                case 1 -> connect(server.watchedEngine(), medians.watched, medians.watchedServer);
                default -> connect(UnobservedEngine.of(server.watchedEngine()), medians.control, medians.controlServer);
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
