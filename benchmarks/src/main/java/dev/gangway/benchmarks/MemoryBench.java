package dev.gangway.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks and prints one line for each engine and protocol version. */
final class MemoryBench {
    private static final String SUN_JSSE_OPEN = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final PrintStream out;
    private final boolean quick;

    /** @param quick one iteration of a few handshakes, in this JVM: only checks that the benchmarks run */
    MemoryBench(PrintStream out, boolean quick) {
        this.out = out;
        this.quick = quick;
        if (quick) {
            // Two measurements must not run at the same time; this is no measurement.
            System.setProperty("jmh.ignoreLock", "true");
        }
    }

    void run() throws RunnerException {
        out.println("""
                Resumed handshakes in memory, alternately unobserved and observed; changes are against unobserved.
                Errors are half of a 99 % confidence interval.
                (1) median time of one connection, both sides, in µs   (2) the server engine's part of it, in µs
                (3) change of (1) if observed   (4) change of (2) if observed
                (5) change of (2) between two unobserved engines: the error of this method
                (6) the observer alone, in a loop, in µs   (7) (6) as a part of (1)   (8) (6) as a part of (2)
                (9) bytes that the observer allocates
                """);
        out.printf(
                "%-10s %-8s %8s %8s %16s %16s %16s %14s %8s %8s %6s%n",
                "engine", "protocol", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)");
        for (String engine : List.of("jdk", "conscrypt")) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                line(engine, protocol);
            }
        }
        out.println();
        out.println("""
                Resumed handshakes in memory on a connector that requires client certificates, a chain of one.
                (1) the server engine's part, in µs, without a new check of the certificates   (2) its change with that check
                """);
        out.printf("%-10s %-8s %8s %16s%n", "engine", "protocol", "(1)", "(2)");
        for (String engine : List.of("jdk", "conscrypt")) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                clientCertificateLine(engine, protocol);
            }
        }
        out.println();
    }

    private void clientCertificateLine(String engine, String protocol) throws RunnerException {
        RunResult handshakes = run(ClientCertificateBenchmark.class, engine, protocol, 2);
        out.printf(
                Locale.ROOT,
                "%-10s %-8s %8.1f %16s%n",
                engine,
                protocol,
                estimate(handshakes, each -> counter(each, "trustedNanos")).mean() / 1000,
                change(handshakes, "checkedNanos", "trustedNanos"));
    }

    private void line(String engine, String protocol) throws RunnerException {
        RunResult handshakes = run(HandshakeBenchmark.class, engine, protocol, 2);
        double own = estimate(handshakes, each -> counter(each, "ownNanos")).mean() / 1000;
        double ownServer =
                estimate(handshakes, each -> counter(each, "ownServerNanos")).mean() / 1000;
        RunResult alone = run(ObserverBenchmark.class, engine, protocol, 1);
        Estimate observer =
                estimate(alone, each -> each.getPrimaryResult().getScore()).times(0.001);
        out.printf(
                Locale.ROOT,
                "%-10s %-8s %8.1f %8.1f %16s %16s %16s %14s %6.2f %% %6.2f %% %6.0f%n",
                engine,
                protocol,
                own,
                ownServer,
                change(handshakes, "observedNanos", "ownNanos"),
                change(handshakes, "observedServerNanos", "ownServerNanos"),
                change(handshakes, "controlServerNanos", "ownServerNanos"),
                observer,
                100 * observer.mean() / own,
                100 * observer.mean() / ownServer,
                alone.getSecondaryResults().get(ALLOCATED).getScore());
    }

    private static String change(RunResult run, String of, String against) {
        return estimate(run, each -> counter(each, of) / counter(each, against)).asChange();
    }

    private RunResult run(Class<?> benchmark, String engine, String protocol, int seconds) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .param("engine", engine)
                .param("protocol", protocol)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.param("before", "0")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(new TimeValue(50, TimeUnit.MILLISECONDS));
        } else {
            options.forks(3)
                    .jvmArgsAppend(SUN_JSSE_OPEN)
                    .warmupIterations(5)
                    .warmupTime(TimeValue.seconds(seconds))
                    .measurementIterations(8)
                    .measurementTime(TimeValue.seconds(seconds));
        }
        return new Runner(options.build()).runSingle();
    }

    // All forks count alike.
    private static Estimate estimate(RunResult run, ToDoubleFunction<IterationResult> of) {
        return Estimate.of(run.getBenchmarkResults().stream()
                .map(fork -> fork.getIterationResults())
                .flatMap(Collection::stream)
                .mapToDouble(of)
                .toArray());
    }

    private static double counter(IterationResult iteration, String name) {
        return iteration.getSecondaryResults().get(name).getScore();
    }
}
