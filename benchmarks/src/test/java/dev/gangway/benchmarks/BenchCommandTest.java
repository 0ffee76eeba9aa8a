package dev.gangway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each benchmark runs once. The test ignores the measured values, which have no meaning. */
class BenchCommandTest {
    @Test
    void quick_everyBenchmark_printsALineForEachCase() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new BenchCommand())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .execute("--quick", "--part", "memory,servers"))
                    .isZero();
        } finally {
            System.setOut(before);
        }

        String output = printed.toString(StandardCharsets.UTF_8);
        for (String engine : List.of("jdk", "conscrypt")) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(output)
                        .containsPattern("(?m)^" + engine + " +" + protocol + " +[0-9.]+ ")
                        .containsPattern("(?m)^jetty +" + engine + " +" + protocol + " +[0-9.]+ ")
                        .containsPattern("(?m)^tomcat +" + engine + " +" + protocol + " +[0-9.]+ ");
            }
        }
    }
}
