package dev.gangway.benchmarks;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.engine.ObservedSslEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * Resumed handshakes in memory with a server that requires client certificates: alternately with and without the check of
 * the certificate in the ticket.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClientCertificateBenchmark {
    @Param({"jdk", "conscrypt"})
    public String engine;

    @Param({"TLSv1.2", "TLSv1.3"})
    public String protocol;

    /** The number of handshakes before the measurement, after which the JVM has compiled the code. */
    @Param("8000")
    public int before;

    private static final int CONNECTIONS_BETWEEN_COLLECTIONS = 1000;

    private final TimedHandshake handshake = new TimedHandshake();
    private Side checking;
    private Side trusting;
    private boolean checkingIsFirst;

    /** A server and its client. */
    private record Side(BenchServer server, BenchClient client) {
        static Side start(String engine, String protocol, boolean checks) throws Exception {
            BenchServer server = BenchServer.start(
                    engine, Connector.of("", ClientAuth.REQUIRED).checkingResumptions(checks));
            return new Side(server, new BenchClient(protocol, server.keyManagers()));
        }
    }

    /** The medians of an iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Medians {
        private final Samples checked = new Samples();
        private final Samples trusted = new Samples();

        @Setup(Level.Iteration)
        public void clear() {
            List.of(checked, trusted).forEach(Samples::clear);
        }

        public long checkedNanos() {
            return checked.median();
        }

        public long trustedNanos() {
            return trusted.median();
        }
    }

    @Setup
    public void start() throws Exception {
        checking = Side.start(engine, protocol, true);
        trusting = Side.start(engine, protocol, false);
        for (int i = 0; i <= before; i++) {
            if (i % CONNECTIONS_BETWEEN_COLLECTIONS == 0) {
                collect();
            }
            connect(checking);
            connect(trusting);
        }
    }

    @Setup(Level.Iteration)
    public void collect() {
        System.gc();
    }

    @TearDown
    public void stop() {
        checking.server.close();
        trusting.server.close();
        long full = checking.client.fullHandshakes() + trusting.client.fullHandshakes();
        if (full != 2) {
            throw new IllegalStateException(full + " handshakes were full: no resumption was measured");
        }
    }

    @Benchmark
    public void checkedAndTrusted(Medians medians) throws SSLException {
        checkingIsFirst = !checkingIsFirst;
        connect(checkingIsFirst ? checking : trusting);
        (checkingIsFirst ? medians.checked : medians.trusted).add(handshake.serverNanos());
        connect(checkingIsFirst ? trusting : checking);
        (checkingIsFirst ? medians.trusted : medians.checked).add(handshake.serverNanos());
    }

    private void connect(Side side) throws SSLException {
        ObservedSslEngine server = side.server.observedEngine();
        server.setNeedClientAuth(true);
        handshake.run(side.client.engine(), server);
    }
}
