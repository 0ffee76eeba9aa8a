package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The warnings at start about faults of the running Java version. */
class FaultWarningTest {
    static Stream<JavaInstallation> installations() {
        return JavaInstallations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void start_ofSeveralContexts_namesEachFaultOnce(JavaInstallation java) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.add(FaultWarningTest.class.getName());

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.exitCode()).as(result.output()).isZero();
        String said = "said ";
        String known = "known ";
        List<String> lines = result.output().lines().toList();
        assertThat(after(said, lines)).isEqualTo(after(known, lines));
        assertThat(lines).as("the other JVM has ended normally").contains("done");
    }

    private static List<String> after(String prefix, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    /** The main method of the other JVM. */
    public static void main(String[] args) throws Exception {
        try (LogCapture log = new LogCapture()) {
            Nodes nodes = new Nodes("jdk");
            nodes.node();
            nodes.node();
            log.at(Level.WARNING).forEach(line -> System.out.println("said " + line));
        }
        Stream.of(JdkFault.values())
                .filter(fault -> fault.isIn(Runtime.version()))
                .map(fault -> fault.warning(Runtime.version()))
                .collect(Collectors.toList())
                .forEach(line -> System.out.println("known " + line));
        System.out.println("done");
    }
}
