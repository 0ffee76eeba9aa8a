package dev.gangway.examples.bench;

import dev.gangway.engine.WatchedSslEngine;
import dev.gangway.outcome.ContextWatch;
import dev.gangway.outcome.HandshakeWatch;
import dev.gangway.outcome.Outcome;
import dev.gangway.outcome.SeenHandshake;
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
 * The watch alone: what it does for one resumed handshake, from the cover around the engine to the counters, with the bytes
 * and results of a real one. The engine is one whose handshake is over.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchBenchmark {
    @Param({"jdk", "conscrypt"})
    public String engine;

    @Param({"TLSv1.2", "TLSv1.3"})
    public String protocol;

    private RecordedHandshake recorded;
    private BenchServer server;
    private ContextWatch watch;
    private SSLEngine own;

    @Setup
    public void record() throws Exception {
        server = BenchServer.start(engine);
        BenchClient client = new BenchClient(protocol);
        TimedHandshake handshake = new TimedHandshake();
        handshake.run(client.engine(), server.watchedEngine());
        WatchedSslEngine resumed = server.watchedEngine();
        own = resumed.own();
        UnwatchedEngine.takeTickets(own);
        RecordedHandshake recording = new RecordedHandshake(resumed.watch().tickets());
        handshake.run(client.engine(), new WatchedSslEngine(own, recording));
        recorded = recording;
        watch = server.watch();
        Optional<Outcome> outcome = HandshakeWatch.of(watched()).map(SeenHandshake::outcome);
        if (!outcome.equals(Optional.of(Outcome.RESUMED_ACTIVE_KEY))) {
            throw new IllegalStateException("no resumption was recorded: " + outcome);
        }
    }

    @TearDown
    public void stop() {
        server.close();
    }

    @Benchmark
    public WatchedSslEngine watched() {
        WatchedSslEngine watched = watch.watch(own);
        recorded.replay(watched.watch(), own);
        return watched;
    }
}
