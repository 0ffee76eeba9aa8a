package dev.gangway.benchmarks;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.outcome.ContextObserver;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.ObservedHandshake;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The observer alone: all that it does for one resumed handshake, from the wrapper around the engine to the counters, with
 * the bytes and results of a real handshake. The engine has completed its handshake.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObserverBenchmark {
    @Param({"jdk", "conscrypt"})
    public String engine;

    @Param({"TLSv1.2", "TLSv1.3"})
    public String protocol;

    private RecordedHandshake recorded;
    private BenchServer server;
    private ContextObserver observer;
    private SSLEngine own;

    @Setup
    public void record() throws Exception {
        server = BenchServer.start(engine);
        BenchClient client = new BenchClient(protocol);
        TimedHandshake handshake = new TimedHandshake();
        handshake.run(client.engine(), server.observedEngine());
        ObservedSslEngine resumed = server.observedEngine();
        own = resumed.own();
        UnobservedEngine.takeTickets(own);
        RecordedHandshake recording = new RecordedHandshake(resumed.observer().tickets());
        handshake.run(client.engine(), new ObservedSslEngine(own, recording));
        recorded = recording;
        observer = server.observer();
        Optional<HandshakeOutcome> outcome = HandshakeObserver.of(observed()).map(ObservedHandshake::outcome);
        if (!outcome.equals(Optional.of(HandshakeOutcome.RESUMED_ACTIVE_KEY))) {
            throw new IllegalStateException("no resumption was recorded: " + outcome);
        }
    }

    @TearDown
    public void stop() {
        server.close();
    }

    @Benchmark
    public ObservedSslEngine observed() {
        ObservedSslEngine observed = observer.observe(own);
        recorded.replay(observed.observer(), own);
        return observed;
    }
}
